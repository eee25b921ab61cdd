package io.centurions.evolution.evolution;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.centurions.evolution.evolution.EvolutionMessageClient.Fetched;
import io.centurions.evolution.evolution.EvolutionMessageClient.MediaFile;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Reads the file out of the server's answer. Straight from base64 into bytes, because as a text it would lie in memory several times
 * more, and Jackson makes no text of more than 20 million characters, which is a file of 15 MB.
 */
final class ToFile {

    private static final ObjectMapper JSON = new ObjectMapper();
    // Of lines, too; whether its last group is filled up says nothing of the file.
    private static final Base64Variant BASE64 = Base64Variants.MIME_NO_LINEFEEDS.withPaddingAllowed();

    private ToFile() {}

    /** @param answer which the server, or somebody in its place, gave as a good one */
    static Fetched of(byte[] answer) {
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        try (JsonParser parser = JSON.createParser(answer)) {
            Buffer content = read(parser, said, answer.length);
            return content.length() == 0 ? without(said) : new Fetched.Got(file(said, content));
        } catch (IllegalArgumentException notBase64) {
            return new Fetched.Gone("not_base64");
        } catch (JsonProcessingException page) {
            return without(JsonNodeFactory.instance.objectNode());
        } catch (IOException e) {
            throw new IllegalStateException("reading bytes from memory failed", e);
        }
    }

    private static MediaFile file(JsonNode said, Buffer content) {
        return new MediaFile(Wire.text(said.path("mimetype")), Wire.text(said.path("fileName")), content);
    }

    // A page, or a gateway's own JSON, with 200 in the place of the server's answer says nothing of a file.
    private static Fetched without(JsonNode said) {
        return said.path("mediaType").isTextual()
                ? new Fetched.Gone("no_file")
                : new Fetched.TryLater("unreadable_answer");
    }

    /** @return the file, empty when there is none; what else is said comes into the node */
    private static Buffer read(JsonParser parser, ObjectNode said, int answer) throws IOException {
        Buffer content = Buffer.buffer();
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return content;
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (parser.nextToken() == JsonToken.VALUE_STRING && name.equals("base64")) {
                content = decoded(parser, answer);
            } else {
                said.set(name, parser.readValueAsTree());
            }
        }
        return content;
    }

    // Of the right size from the start: what grows is copied, and lies there twice meanwhile.
    private static Buffer decoded(JsonParser parser, int answer) throws IOException {
        Buffer content = Buffer.buffer(answer / 4 * 3);
        parser.readBinaryValue(BASE64, new OutputStream() {
            @Override
            public void write(int one) {
                content.appendByte((byte) one);
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                content.appendBytes(bytes, from, length);
            }
        });
        return content;
    }
}
