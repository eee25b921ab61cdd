package io.centurions.platform.testkit.planted;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How a text may stand somewhere without being seen at once. */
final class Spellings {

    private Spellings() {}

    static Set<String> of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Set<String> all = new LinkedHashSet<>(List.of(text, HexFormat.of().formatHex(bytes)));
        // In the middle of something longer it begins at any of three places of a group.
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            String whole = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            // Its first and last letters are shared with what stands around it.
            all.add(whole.substring(before == 0 ? 0 : before + 1, whole.length() - 2));
        }
        return all;
    }

    static boolean anyIn(String text, Set<String> spellings) {
        return text != null && spellings.stream().anyMatch(text::contains);
    }

    static String[] patterns(Set<String> spellings) {
        return spellings.stream().map(each -> "%" + each + "%").toArray(String[]::new);
    }

    static String[] array(Set<String> spellings) {
        return spellings.toArray(String[]::new);
    }
}
