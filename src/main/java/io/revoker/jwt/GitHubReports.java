package io.revoker.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.impl.ECDSA;
import io.revoker.config.LeaksConfig;
import io.revoker.config.RealmsConfig;
import io.revoker.domain.Problem;
import io.revoker.domain.jwt.JwtVerifier.Purpose;
import io.revoker.domain.jwt.ReportVerifier;
import io.revoker.jwt.IssuerSignatures.Signer;
import io.revoker.jwt.compact.SignedText;
import io.revoker.jwt.keys.Algorithm;
import io.revoker.jwt.keys.KeyPlace;
import io.revoker.jwt.keys.KeySource;
import io.revoker.jwt.keys.RealmKeys;
import io.revoker.net.HttpTarget;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.Base64;
import java.util.Optional;

/**
 * Verifies the reports of GitHub's secret scanning, by ECDSA with P-256 and SHA-256. Anyone can send false ones.
 *
 * @param realms that it shares keys' time-outs and threads with
 */
record GitHubReports(RealmVerifier realms, IssuerSignatures signatures) implements ReportVerifier {
    private static final int SIGNATURE_BYTES = 64;

    /** The keys that GitHub signs with; absent if its reports are not accepted. */
    static Optional<RealmKeys> keys(LeaksConfig leaks, Vertx vertx, RealmsConfig settings) {
        HttpTarget.Rule reach =
                leaks.allowPrivateAddresses() ? HttpTarget.Rule.ALL_ADDRESSES : HttpTarget.Rule.PUBLIC_ADDRESSES;
        return leaks.githubKeys()
                .map(url -> new KeyPlace.Web(URI.create(url), reach, Optional.empty()))
                .map(place -> new RealmKeys(
                        new RealmKeys.Owner(RealmKeys.Owner.Kind.REPORTER, "GitHub", outcome -> {}),
                        KeySource.ofGitHub(vertx, place, settings.fetchTimeout()),
                        Optional.empty(),
                        settings.unknownKeyInterval()));
    }

    @Override
    public Future<Void> verify(String keyId, String signature, byte[] report) {
        Header header = new Header(Algorithm.ES256, Optional.of(keyId));
        return realms.here(signatures.decide(header, new Report(report, signature), Purpose.CHECK))
                .compose(found -> found.signer() == Signer.OWNER
                        ? Future.succeededFuture()
                        : Future.failedFuture(
                                Problem.forbidden("Github-Public-Key-Signature: false (expected: that of GitHub)")));
    }

    /** The signature is in the form of ASN.1, in base64. */
    @SuppressWarnings("ArrayRecordComponent") // is looked at, never compared
    private record Report(byte[] signed, String base64) implements SignedText {
        @Override
        public Optional<byte[]> signature() {
            try {
                return Optional.of(
                        ECDSA.transcodeSignatureToConcat(Base64.getDecoder().decode(base64), SIGNATURE_BYTES));
            } catch (JOSEException | IllegalArgumentException malformed) {
                return Optional.empty();
            }
        }
    }
}
