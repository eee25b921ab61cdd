package io.centurions.backoffice.setting;

import io.centurions.backoffice.idempotency.Created;
import io.centurions.backoffice.locking.IfMatch;
import io.centurions.backoffice.locking.Tagged;
import io.centurions.backoffice.paging.Page;
import io.centurions.backoffice.paging.PageAsk;
import io.centurions.platform.problem.Problem;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * What people do with the settings of one kind: the five acts behind its resource, each one transaction as
 * the company.
 */
public final class Settings<T extends Checked> {

    private final Kind<T> kind;
    private final KeepSettings keep;
    private final SettingRows<T> rows;

    Settings(Kind<T> kind, KeepSettings keep, SettingRows<T> rows) {
        this.kind = kind;
        this.keep = keep;
        this.rows = rows;
    }

    /** Makes one; repeated with the same key, it answers what the first made. */
    public RestResponse<Setting<T>> create(UUID company, String key, Wanted<T> wanted) {
        return keep.door().enter(company, tx -> {
            var claim = keep.once().claim(tx, kind.word() + ".create", key, wanted);
            if (claim.fresh()) {
                keep.check(tx, wanted);
                rows.insert(tx, claim.id(), wanted);
            }
            var made = rows.find(tx, claim.id()).orElseThrow(() -> Problem.notFound(kind.word()));
            if (claim.fresh()) {
                keep.tell(tx, kind.word() + ".create", claim.id(), null, made);
            }
            String address = "/v1/companies/" + company + "/" + kind.path() + "/" + claim.id();
            return Created.at(address, made, made.version(), claim.fresh());
        });
    }

    /** Newest first. */
    public Page<Setting<T>> list(UUID company, PageAsk ask) {
        return keep.door().enter(company, tx -> Page.of(rows.page(tx, ask.after(), ask.fetch()), ask, Setting::id));
    }

    public RestResponse<Setting<T>> read(UUID company, UUID id) {
        var found =
                keep.door().enter(company, tx -> rows.find(tx, id).orElseThrow(() -> Problem.notFound(kind.word())));
        return Tagged.ok(found, found.version());
    }

    /** Replaces it whole, if it still is what the change was made for. */
    public RestResponse<Setting<T>> change(UUID company, UUID id, String ifMatch, Wanted<T> wanted) {
        var changed = keep.door().enter(company, tx -> {
            var before = rows.findForUpdate(tx, id).orElseThrow(() -> Problem.notFound(kind.word()));
            IfMatch.of(ifMatch).check(before.version());
            keep.check(tx, wanted);
            rows.update(tx, id, wanted);
            var after = rows.find(tx, id).orElseThrow();
            keep.tell(tx, kind.word() + ".change", id, before, after);
            return after;
        });
        return Tagged.ok(changed, changed.version());
    }

    /** Removes it, if it still is what was read. */
    public void remove(UUID company, UUID id, String ifMatch) {
        keep.door().enter(company, tx -> {
            var before = rows.findForUpdate(tx, id).orElseThrow(() -> Problem.notFound(kind.word()));
            IfMatch.of(ifMatch).check(before.version());
            rows.delete(tx, id);
            keep.tell(tx, kind.word() + ".delete", id, before, null);
            return null;
        });
    }
}
