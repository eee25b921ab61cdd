package io.centurions.autentique.template;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * Prints a text on A4 pages: title, wrapped lines, page numbers. The font is embedded, so that every reader shows the
 * same letters; it knows all of Portuguese. A character it does not know (an emoji) is printed as a question mark,
 * because a paper that silently lacks a character must not be signed.
 */
public final class TypesetPdf {

    // Liberation Sans (SIL Open Font License), which PDFBox carries for its own use.
    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
    private static final float MARGIN = 60;
    private static final float TITLE_SIZE = 15;
    private static final float TEXT_SIZE = 11;
    private static final float LEADING = 16;
    private static final float FOOT_SIZE = 9;
    private static final PDRectangle SHEET = PDRectangle.A4;
    private static final double WIDEST = SHEET.getWidth() - 2 * MARGIN;
    private static final int LINES_PER_PAGE = (int) ((SHEET.getHeight() - 2 * MARGIN - LEADING) / LEADING);

    private TypesetPdf() {}

    /** The document's bytes. */
    public static byte[] of(String title, String text) {
        try (PDDocument document = new PDDocument();
                InputStream in = Objects.requireNonNull(TypesetPdf.class.getResourceAsStream(FONT), FONT)) {
            TrueTypeFont letters = new TTFParser().parse(new RandomAccessReadBuffer(in));
            PDFont font = PDType0Font.load(document, letters, true);
            print(document, font, printable(title, letters), printable(text, letters));
            document.getDocumentInformation().setTitle(title);
            var out = new ByteArrayOutputStream();
            document.save(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot print a text of " + text.length() + " characters", e);
        }
    }

    private static void print(PDDocument document, PDFont font, String title, String text) throws IOException {
        List<String> heading = WrapText.wrap(title, WIDEST, line -> width(font, TITLE_SIZE, line));
        List<String> lines = WrapText.wrap(text, WIDEST, line -> width(font, TEXT_SIZE, line));
        // The title stands on the first page only and takes a blank line after it.
        int onFirst = Math.max(1, LINES_PER_PAGE - 2 * heading.size() - 1);
        int pages = 1 + Math.ceilDiv(Math.max(0, lines.size() - onFirst), LINES_PER_PAGE);
        int from = 0;
        for (int number = 1; number <= pages; number++) {
            int to = Math.min(lines.size(), from + (number == 1 ? onFirst : LINES_PER_PAGE));
            printPage(
                    document, font, number == 1 ? heading : List.of(), lines.subList(from, to), number + " / " + pages);
            from = to;
        }
    }

    private static void printPage(
            PDDocument document, PDFont font, List<String> heading, List<String> lines, String foot)
            throws IOException {
        PDPage page = new PDPage(SHEET);
        document.addPage(page);
        try (var content = new PDPageContentStream(document, page)) {
            content.beginText();
            content.setLeading(LEADING);
            content.newLineAtOffset(MARGIN, SHEET.getHeight() - MARGIN);
            content.setFont(font, TITLE_SIZE);
            for (String line : heading) {
                content.showText(line);
                content.newLine();
                content.newLine();
            }
            content.setFont(font, TEXT_SIZE);
            for (String line : lines) {
                content.showText(line);
                content.newLine();
            }
            content.endText();
            content.beginText();
            content.setFont(font, FOOT_SIZE);
            content.newLineAtOffset((float) (SHEET.getWidth() - MARGIN - width(font, FOOT_SIZE, foot)), MARGIN / 2);
            content.showText(foot);
            content.endText();
        }
    }

    private static double width(PDFont font, float size, String line) {
        try {
            return font.getStringWidth(line) / 1000 * size;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot measure a line of " + line.length() + " characters", e);
        }
    }

    private static String printable(String text, TrueTypeFont letters) throws IOException {
        CmapLookup known = letters.getUnicodeCmapLookup();
        var out = new StringBuilder(text.length());
        text.replace("\r\n", "\n").replace('\r', '\n').codePoints().forEach(codePoint -> {
            if (codePoint == '\n') {
                out.append('\n');
            } else if (Character.isWhitespace(codePoint)) {
                out.append(' ');
            } else if (Character.isISOControl(codePoint)) {
                return;
            } else {
                out.appendCodePoint(known.getGlyphId(codePoint) == 0 ? '?' : codePoint);
            }
        });
        return out.toString();
    }
}
