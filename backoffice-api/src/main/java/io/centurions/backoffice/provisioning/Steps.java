package io.centurions.backoffice.provisioning;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * What a company is made of, in order. The row itself comes first, with the request that asks for
 * the company.
 */
@ApplicationScoped
class Steps {

    private final MakeSchema makeSchema;
    private final OpenStorage openStorage;
    private final DraftCenturion draftCenturion;
    private final OpenCompany openCompany;

    Steps(MakeSchema makeSchema, OpenStorage openStorage, DraftCenturion draftCenturion, OpenCompany openCompany) {
        this.makeSchema = makeSchema;
        this.openStorage = openStorage;
        this.draftCenturion = draftCenturion;
        this.openCompany = openCompany;
    }

    /** The last one makes the company active: nobody works with one that is half made. */
    List<Step> inOrder() {
        return List.of(makeSchema, openStorage, draftCenturion, openCompany);
    }

    String[] names() {
        return inOrder().stream().map(Step::name).toArray(String[]::new);
    }
}
