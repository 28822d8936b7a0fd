package io.revoker.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;

/** Bodies that are nearly right, or not at all. */
final class Bodies {
    private static final List<String> SEEDS = List.of(
            "{\"realm_name\":\"r\",\"username\":\"u\",\"access_token\":\"a1\",\"refresh_token\":\"b1\",\"scope\":\"x y\"}",
            "{\"realm_name\":\"r\",\"username\":\"u\",\"mint\":[\"access_token\",\"refresh_token\"],\"expires_in\":60}",
            "{\"realm_name\":\"r\",\"username\":\"ü\",\"access_token\":\"\\ud83d\\ude00\",\"issued_at\":1}",
            "{\"token\":\"a1\"}",
            "{\"refresh_token\":\"b1\"}",
            "{\"realm_name\":\"r\",\"username\":\"u\"}",
            "{\"username\":\"u\"}",
            "{\"tokens\":[\"a1\",\"b1\",\"a1\"]}",
            "{\"tokens\":[[],null,1e9,\"\\ud800\"]}",
            "{\"token\":\"a1\"}\n{\"refresh_token\":\"b1\"}\n\n{\"token\":\"a1\"}\r\n{}\n[1]\n{\"token\":",
            "---\ntoken: a1\n",
            "--- &a [*a, *a]",
            "token=a1&token_type_hint=access_token",
            "token=%61%zz&&==&token",
            "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
            "{\"token\":1e999999999}",
            "{\"token\":\"\\u0000\\uD800\"}",
            "{\"token\":null,\"token\":{}}",
            "{\"expires_in\":99999999999999999999,\"realm_name\":{}}",
            ":)\n\u0001\u0000\u00fa\u0084token",
            "");

    private final Random random;

    Bodies(Random random) {
        this.random = random;
    }

    byte[] next() {
        byte[] body = SEEDS.get(random.nextInt(SEEDS.size())).getBytes(UTF_8);
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            body = changed(body);
        }
        return body;
    }

    byte[] changed(byte[] before) {
        byte[] bytes = before.clone();
        int at = random.nextInt(bytes.length + 1);
        return switch (random.nextInt(5)) {
            case 0 -> joined(bytes, at, new byte[] {(byte) random.nextInt(256)}, at);
            case 1 -> joined(bytes, at, new byte[0], at + random.nextInt(bytes.length - at + 1));
            case 2 -> joined(bytes, at, bytes, at);
            case 3 -> joined(bytes, at, SEEDS.get(random.nextInt(SEEDS.size())).getBytes(UTF_8), at);
            default -> flipped(bytes);
        };
    }

    private byte[] flipped(byte[] bytes) {
        if (bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private static byte[] joined(byte[] bytes, int headEnd, byte[] middle, int tailStart) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, headEnd);
        out.writeBytes(middle);
        out.write(bytes, tailStart, bytes.length - tailStart);
        return out.toByteArray();
    }
}
