package io.revoker.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * A key and its certificate by itself (RFC 5280), for 90 days. The JDK makes such certificates in a process of its own
 * only, its keytool, which takes much longer.
 */
record SelfSigned(KeyPair keys, X509Certificate certificate) {
    private static final Duration VALIDITY = Duration.ofDays(90);
    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** How a kind of key signs. */
    private enum Kind {
        EC("SHA256withECDSA", new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256)),
        RSA("SHA256withRSA", new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE)),
        ED25519("Ed25519", new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.3.101.112")));

        private final String signature;

        @SuppressWarnings("ImmutableEnumChecker") // nothing changes it
        private final AlgorithmIdentifier identifier;

        Kind(String signature, AlgorithmIdentifier identifier) {
            this.signature = signature;
            this.identifier = identifier;
        }
    }

    /**
     * A new one.
     *
     * @param algorithm EC, with P-256, RSA or Ed25519
     * @param alternatives such as {@code dns:localhost,ip:127.0.0.1}
     */
    static SelfSigned make(String algorithm, String subject, String alternatives)
            throws GeneralSecurityException, IOException {
        Kind kind = Kind.valueOf(algorithm.toUpperCase(Locale.ROOT));
        KeyPair keys = keys(kind);
        X500Name name = X500Name.getInstance(new X500Principal(subject).getEncoded());
        Instant now = Instant.now();
        V3TBSCertificateGenerator facts = new V3TBSCertificateGenerator();
        facts.setSerialNumber(new ASN1Integer(new BigInteger(Long.SIZE - 1, new SecureRandom())));
        facts.setIssuer(name);
        facts.setSubject(name);
        facts.setStartDate(time(now));
        facts.setEndDate(time(now.plus(VALIDITY)));
        facts.setSubjectPublicKeyInfo(
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
        facts.setExtensions(new Extensions(extension(Extension.subjectAlternativeName, names(alternatives))));
        facts.setSignature(kind.identifier);
        return new SelfSigned(keys, signed(facts.generateTBSCertificate(), kind, keys));
    }

    private static KeyPair keys(Kind kind) throws GeneralSecurityException {
        return switch (kind) {
            case EC -> keys(KeyPairGenerator.getInstance("EC"), 256);
            case RSA -> keys(KeyPairGenerator.getInstance("RSA"), 2048);
            case ED25519 -> KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        };
    }

    private static KeyPair keys(KeyPairGenerator generator, int bits) {
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private static Time time(Instant moment) {
        return new Time(new DERUTCTime(UTC_TIME.format(moment)));
    }

    private static Extension extension(ASN1ObjectIdentifier id, GeneralNames names) throws IOException {
        return new Extension(id, /* critical= */ false, names.getEncoded(ASN1Encoding.DER));
    }

    private static GeneralNames names(String alternatives) {
        return new GeneralNames(
                Stream.of(alternatives.split(",", -1)).map(SelfSigned::name).toArray(GeneralName[]::new));
    }

    private static GeneralName name(String alternative) {
        int colon = alternative.indexOf(':');
        int tag = switch (alternative.substring(0, colon)) {
            case "dns" -> GeneralName.dNSName;
            case "ip" -> GeneralName.iPAddress;
            case "uri" -> GeneralName.uniformResourceIdentifier;
            case "email" -> GeneralName.rfc822Name;
            default -> throw new IllegalArgumentException(alternative);
        };
        return new GeneralName(tag, alternative.substring(colon + 1));
    }

    private static X509Certificate signed(TBSCertificate facts, Kind kind, KeyPair keys)
            throws GeneralSecurityException, IOException {
        Signature signature = Signature.getInstance(kind.signature);
        signature.initSign(keys.getPrivate());
        signature.update(facts.getEncoded(ASN1Encoding.DER));
        ASN1EncodableVector parts = new ASN1EncodableVector();
        parts.add(facts);
        parts.add(kind.identifier);
        parts.add(new DERBitString(signature.sign()));
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(new DERSequence(parts).getEncoded(ASN1Encoding.DER)));
    }
}
