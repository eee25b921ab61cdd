package io.centurions.backoffice.knowledge;

import io.centurions.backoffice.setting.Checked;
import io.centurions.backoffice.setting.Finding;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * Something that a Centurion looks things up in.
 *
 * @param description  tells the model what is found there
 * @param language     of its documents; left out: pt-BR
 * @param passages     how many a search gives at most; left out: 5
 * @param lowestScore  what resembles the question less is not given; left out: 0.3
 * @param pieceChars   length of the pieces that documents are cut into; left out: 1200
 * @param overlapChars that neighbouring pieces share; left out: 200
 */
public record KnowledgeBase(
        @NotBlank @Size(max = 1_000) String description,
        @Pattern(regexp = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*") String language,
        @Min(1) @Max(20) Integer passages,
        @DecimalMin("0") @DecimalMax("1") Double lowestScore,
        @Min(200) @Max(8_000) Integer pieceChars,
        @Min(0) @Max(2_000) Integer overlapChars)
        implements Checked {

    public KnowledgeBase {
        language = language == null ? "pt-BR" : language;
        passages = passages == null ? 5 : passages;
        lowestScore = lowestScore == null ? Double.valueOf(0.3) : lowestScore;
        pieceChars = pieceChars == null ? 1_200 : pieceChars;
        overlapChars = overlapChars == null ? 200 : overlapChars;
    }

    @Override
    public List<Finding> findings() {
        return overlapChars < pieceChars
                ? List.of()
                : List.of(new Finding("/overlapChars", "pieces cannot share all of their text"));
    }
}
