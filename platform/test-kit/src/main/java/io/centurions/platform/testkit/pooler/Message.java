package io.centurions.platform.testkit.pooler;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * One message of PostgreSQL's protocol, version 3.
 *
 * @param type  its first byte
 * @param bytes all of it, as sent
 */
record Message(char type, byte[] bytes) {

    private static final int HEADER = 5;
    private static final int ASKS_FOR_TLS = 80_877_103;
    private static final int ASKS_FOR_GSS = 80_877_104;

    static Message read(DataInputStream in) throws IOException {
        byte type = in.readByte();
        int length = in.readInt();
        byte[] bytes = ByteBuffer.allocate(1 + length).put(type).putInt(length).array();
        in.readFully(bytes, HEADER, length - 4);
        return new Message((char) type, bytes);
    }

    /** The first message of a client, which has no type; a wish for encryption comes before it. */
    static byte[] readStartUp(DataInputStream in, OutputStream out) throws IOException {
        while (true) {
            int length = in.readInt();
            int version = in.readInt();
            byte[] rest = in.readNBytes(length - 8);
            if (rest.length < length - 8) {
                throw new EOFException("the client went away");
            }
            if (version != ASKS_FOR_TLS && version != ASKS_FOR_GSS) {
                return ByteBuffer.allocate(length)
                        .putInt(length)
                        .putInt(version)
                        .put(rest)
                        .array();
            }
            out.write('N');
            out.flush();
        }
    }

    /** The server answers it with ReadyForQuery, after whatever it has to say. */
    boolean endsAQuestion() {
        return type == 'Q' || type == 'S' || type == 'F';
    }

    boolean ready() {
        return type == 'Z';
    }

    /** ReadyForQuery outside of any transaction. */
    boolean idle() {
        return type == 'Z' && bytes[HEADER] == 'I';
    }

    /** Authentication: what the server wants of the client; 0 when it wants nothing more. */
    int wants() {
        return ByteBuffer.wrap(bytes).getInt(HEADER);
    }
}
