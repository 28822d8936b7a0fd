package io.revoker.jwt.keys;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.amazon.corretto.crypto.provider.SelfTestStatus;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.Signature;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What verifies signatures. The native library takes a quarter to a half of the time that Java takes, but is there for
 * Linux on x86-64 alone, and only where it can be unpacked in the folder of temporary files.
 *
 * @param curves for elliptic curves
 * @param rsa for RSA; the JDK's if it is empty
 */
public record Providers(Provider curves, Optional<Provider> rsa) {
    /** In Java: Bouncy Castle needs a tenth of the time of JDK 17 on curves, and as long for RSA. */
    static final Providers JAVA = new Providers(new BouncyCastleProvider(), Optional.empty());

    private static final Logger LOG = LoggerFactory.getLogger(Providers.class);
    private static final Providers FASTEST = chosen();

    /** The fastest that works here. */
    public static Providers fastest() {
        return FASTEST;
    }

    private static Providers chosen() {
        Providers chosen =
                awsLc().map(fast -> new Providers(fast, Optional.of(fast))).orElse(JAVA);
        LOG.atInfo().addKeyValue("by", chosen.described()).log("verifying signatures of tokens");
        return chosen;
    }

    /** AWS-LC by the Amazon Corretto provider, if it loads and finds itself sound. */
    static Optional<Provider> awsLc() {
        AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
        return provider.getLoadingError() == null && provider.runSelfTests() == SelfTestStatus.PASSED
                ? Optional.of(provider)
                : Optional.empty();
    }

    /** Loads what the first keys would load: an event loop would stand still for a quarter of a second. */
    public void prepare() {
        try {
            KeyFactory.getInstance("EC", curves);
            for (String signature : List.of("SHA256withECDSA", "Ed25519")) {
                Signature.getInstance(signature, curves);
            }
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** With the shortest keys that are allowed. */
    Pace pace() {
        return rsa.isPresent() ? Pace.QUICK : Pace.SLOW;
    }

    /** As the log calls it. */
    String described() {
        return rsa.map(fast -> fast.getName() + " " + fast.getVersionStr()).orElse("Java");
    }
}
