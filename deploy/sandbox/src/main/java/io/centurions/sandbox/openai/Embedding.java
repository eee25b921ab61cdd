package io.centurions.sandbox.openai;

import io.vertx.core.json.JsonArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * A deterministic bag of words: each word is hashed to a dimension and a sign, and the vector has length one. Texts
 * that share words are near, which is all that a test of retrieval needs.
 */
final class Embedding {

    static final int DIMENSIONS = 384;

    private Embedding() {}

    static float[] of(String text, int dimensions) {
        float[] vector = new float[dimensions];
        for (String word : words(text)) {
            if (!word.isEmpty()) {
                CRC32 hash = new CRC32();
                hash.update(word.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                long value = hash.getValue();
                vector[(int) (value % dimensions)] += (value >> 31 & 1) == 0 ? 1 : -1;
            }
        }
        return normalised(vector);
    }

    private static String[] words(String text) {
        return Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .split("[^\\p{L}\\d]+");
    }

    private static float[] normalised(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += value * value;
        }
        if (squares == 0) {
            // No words at all must still be a valid direction for a cosine.
            vector[0] = 1;
            return vector;
        }
        float length = (float) Math.sqrt(squares);
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= length;
        }
        return vector;
    }

    static JsonArray json(float[] vector) {
        JsonArray list = new JsonArray();
        for (float value : vector) {
            list.add(value);
        }
        return list;
    }

    /** Little-endian float32, the form that some clients ask for by default. */
    static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : vector) {
            bytes.putFloat(value);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
