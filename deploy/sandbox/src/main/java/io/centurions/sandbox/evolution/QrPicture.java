package io.centurions.sandbox.evolution;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** A picture that looks like a QR code. It cannot be scanned, as there is no WhatsApp behind it. */
final class QrPicture {

    private static final int CELLS = 29;
    private static final int SCALE = 8;
    private static final int QUIET = 2;

    private QrPicture() {}

    static String dataUrl(String code) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png(cells(code)));
    }

    private static boolean[][] cells(String code) {
        Random random = new Random(code.hashCode());
        boolean[][] dark = new boolean[CELLS][CELLS];
        for (int y = 0; y < CELLS; y++) {
            for (int x = 0; x < CELLS; x++) {
                dark[y][x] = random.nextBoolean();
            }
        }
        finder(dark, 0, 0);
        finder(dark, CELLS - 7, 0);
        finder(dark, 0, CELLS - 7);
        return dark;
    }

    private static void finder(boolean[][] dark, int left, int top) {
        for (int y = -1; y <= 7; y++) {
            for (int x = -1; x <= 7; x++) {
                int row = top + y;
                int column = left + x;
                if (row >= 0 && row < CELLS && column >= 0 && column < CELLS) {
                    int ring = Math.max(Math.abs(x - 3), Math.abs(y - 3));
                    dark[row][column] = ring <= 1 || ring == 3;
                }
            }
        }
    }

    private static byte[] png(boolean[][] dark) {
        int side = (CELLS + 2 * QUIET) * SCALE;
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        try (DataOutputStream fields = new DataOutputStream(header);
                DeflaterOutputStream deflated = new DeflaterOutputStream(pixels)) {
            fields.writeInt(side);
            fields.writeInt(side);
            // 8-bit greyscale, deflate, no filter, not interlaced.
            fields.write(new byte[] {8, 0, 0, 0, 0});
            for (int y = 0; y < side; y++) {
                deflated.write(0);
                for (int x = 0; x < side; x++) {
                    deflated.write(isDark(dark, x, y) ? 0 : 255);
                }
            }
            deflated.finish();
            png.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
            chunk(png, "IHDR", header.toByteArray());
            chunk(png, "IDAT", pixels.toByteArray());
            chunk(png, "IEND", new byte[0]);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
        return png.toByteArray();
    }

    private static boolean isDark(boolean[][] dark, int x, int y) {
        int column = x / SCALE - QUIET;
        int row = y / SCALE - QUIET;
        return row >= 0 && row < CELLS && column >= 0 && column < CELLS && dark[row][column];
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] content) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(content);
        DataOutputStream out = new DataOutputStream(png);
        out.writeInt(content.length);
        out.write(name);
        out.write(content);
        out.writeInt((int) crc.getValue());
        out.flush();
    }
}
