package io.centurions.capi.dispatch;

import io.centurions.capi.mapping.Pixel;
import io.centurions.capi.meta.Dataset;
import io.centurions.capi.meta.MetaConfig;
import io.centurions.contracts.id.CompanyId;
import io.centurions.platform.secrets.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Finds the token for a dataset: the company's own where it brought one, else the installation's. */
@ApplicationScoped
class OpenDataset {

    private static final Logger LOG = Logger.getLogger(OpenDataset.class);

    /** The name under which the back office seals it. */
    private static final String SEALED_AS = "access_token";

    private final Secrets secrets;
    private final MetaConfig meta;

    OpenDataset(Secrets secrets, MetaConfig meta) {
        this.secrets = secrets;
        this.meta = meta;
    }

    Access open(CompanyId company, Pixel pixel) {
        if (pixel.sealedToken() != null) {
            return unsealed(company, pixel);
        }
        return meta.accessToken()
                .<Access>map(token -> new Access.Granted(
                        new Dataset(pixel.datasetId(), token, meta.appSecret().orElse(null), pixel.testEventCode())))
                .orElseGet(() -> new Access.Missing("no_access_token"));
    }

    private Access unsealed(CompanyId company, Pixel pixel) {
        try {
            String token = secrets.open(company, SEALED_AS, pixel.sealedToken());
            // No proof: the secret of the company's app is not ours.
            return new Access.Granted(new Dataset(pixel.datasetId(), token, null, pixel.testEventCode()));
        } catch (IllegalStateException e) {
            LOG.errorf(e, "token of dataset %s does not open; runbook conversions-refused", pixel.datasetId());
            return new Access.Missing("token_unreadable");
        }
    }
}
