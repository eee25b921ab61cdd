package io.centurions.backoffice.centurion;

import io.centurions.backoffice.body.Words;
import io.centurions.backoffice.setting.Finding;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.secrets.ModelRules;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a draft still lacks before the runtime may obey it. It may break the rules of its fields too; those
 * are told elsewhere, and here passed over.
 */
@ApplicationScoped
class Publishable {

    /** Asks for no key, and is sent none. */
    private static final String KEYLESS = "ollama";

    private final ModelRules rules;

    Publishable(RuntimeModels models) {
        this.rules = new ModelRules(
                models, models.openai().baseUrl(), models.ollama().baseUrl());
    }

    /** One for each fault, all of them; empty: this company may publish it. */
    List<Finding> findings(CompanyId company, CenturionConfig config) {
        List<Finding> findings = findings(config);
        var model = config.model();
        if (model.baseUrl() != null) {
            rules.addressFault(model.baseUrl()).ifPresent(fault -> findings.add(new Finding("/model/baseUrl", fault)));
        }
        if (model.apiKey() != null && !KEYLESS.equals(model.provider())) {
            rules.keyFault(company, model.apiKey(), model.baseUrl() != null)
                    .ifPresent(fault -> findings.add(new Finding("/model/apiKey", fault)));
        }
        return findings;
    }

    /** The same, whosever it is. */
    static List<Finding> findings(CenturionConfig config) {
        List<Finding> findings = new ArrayList<>();
        if (Words.missingIn(config.prompt())) {
            findings.add(new Finding("/prompt", "prompt is empty"));
        }
        criteria(config.criteria(), findings);
        waits(config, findings);
        if (config.businessHours() != null) {
            findings.addAll(
                    Finding.under("/businessHours", config.businessHours().findings()));
        }
        if (config.handoverIntents() != null) {
            var keys = config.handoverIntents().stream()
                    .map(intent -> intent == null ? null : intent.key())
                    .toList();
            twice("/handoverIntents", "intent", keys, findings);
        }
        return findings;
    }

    private static void criteria(List<CenturionConfig.Criterion> criteria, List<Finding> findings) {
        if (criteria.isEmpty()) {
            findings.add(new Finding("/criteria", "there is no criterion, nobody could be qualified"));
        } else if (criteria.stream().allMatch(criterion -> criterion == null || criterion.weight() == 0)) {
            findings.add(new Finding("/criteria", "no criterion has a weight"));
        }
        twice(
                "/criteria",
                "criterion",
                criteria.stream()
                        .map(criterion -> criterion == null ? null : criterion.key())
                        .toList(),
                findings);
    }

    private static void waits(CenturionConfig config, List<Finding> findings) {
        if (config.debounce().longestMs() < config.debounce().quietMs()) {
            findings.add(new Finding("/debounce/longestMs", "debounce.longestMs is shorter than quietMs"));
        }
        if (config.pace().longestMs() < config.pace().shortestMs()) {
            findings.add(new Finding("/pace/longestMs", "pace.longestMs is shorter than shortestMs"));
        }
    }

    private static void twice(String pointer, String word, List<String> keys, List<Finding> findings) {
        Set<String> seen = new HashSet<>();
        for (int index = 0; index < keys.size(); index++) {
            String key = keys.get(index);
            if (key != null && !seen.add(key)) {
                findings.add(new Finding(pointer + "/" + index + "/key", word + " " + key + " is there twice"));
            }
        }
    }
}
