package io.centurions.backoffice.centurion;

import io.centurions.backoffice.audit.AuditLog;
import io.centurions.backoffice.locking.IfMatch;
import io.centurions.backoffice.setting.Finding;
import io.centurions.contracts.centurion.CenturionConfigUpdated;
import io.centurions.contracts.id.CenturionId;
import io.centurions.platform.outbox.Outbox;
import io.centurions.platform.problem.Problem;
import io.centurions.platform.tenancy.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Makes a configuration what the runtime obeys, keeps it as a version and says so. One with faults is not
 * published, however old it is.
 */
@ApplicationScoped
class PublishCenturion {

    private final CenturionRepository centurions;
    private final VersionRepository versions;
    private final Outbox outbox;
    private final AuditLog audit;
    private final Publishable publishable;

    PublishCenturion(
            CenturionRepository centurions,
            VersionRepository versions,
            Outbox outbox,
            AuditLog audit,
            Publishable publishable) {
        this.centurions = centurions;
        this.versions = versions;
        this.outbox = outbox;
        this.audit = audit;
        this.publishable = publishable;
    }

    /** The draft as it stands. */
    CenturionView publish(Tx tx, UUID id, IfMatch ifMatch) {
        var before = known(tx, id, ifMatch);
        return publish(tx, before, before.draft(), null);
    }

    /** What an older version held, as the next version; a draft with changes of its own stays. */
    CenturionView restore(Tx tx, UUID id, int number, IfMatch ifMatch) {
        var before = known(tx, id, ifMatch);
        var wanted = versions.find(tx, id, number).orElseThrow(() -> Problem.notFound("version"));
        if (number == before.publishedVersion()) {
            throw Problem.unprocessable("version-is-published", "this version is what the runtime obeys");
        }
        return publish(tx, before, wanted.config(), number);
    }

    /** What keeps the draft from being published. */
    List<Finding> faults(Tx tx, UUID id) {
        return publishable.findings(tx.company(), current(tx, id).draft());
    }

    /** As it stands, for the answer to a repeat. */
    CenturionView current(Tx tx, UUID id) {
        return centurions.find(tx, id).orElseThrow(() -> Problem.notFound("centurion"));
    }

    private CenturionView known(Tx tx, UUID id, IfMatch ifMatch) {
        var known = centurions.findForUpdate(tx, id).orElseThrow(() -> Problem.notFound("centurion"));
        ifMatch.check(known.version());
        return known;
    }

    private CenturionView publish(Tx tx, CenturionView before, CenturionConfig config, Integer restoredFrom) {
        var findings = publishable.findings(tx.company(), config);
        if (!findings.isEmpty()) {
            throw Problem.unprocessable(
                    "centurion-not-publishable",
                    findings.stream().map(each -> each.message()).collect(Collectors.joining("; ")));
        }
        // A draft without changes of its own follows what is published; one with changes is nobody's to
        // throw away.
        boolean follows = restoredFrom == null || before.draft().equals(before.published());
        centurions.publish(tx, before.id(), config, follows ? config : before.draft());
        var after = centurions.find(tx, before.id()).orElseThrow();
        versions.insert(tx, before.id(), after.publishedVersion(), config, restoredFrom);
        outbox.append(tx, new CenturionConfigUpdated(CenturionId.of(before.id()), after.publishedVersion()));
        audit.write(tx, restoredFrom == null ? "centurion.publish" : "centurion.restore", before.id(), before, after);
        return after;
    }
}
