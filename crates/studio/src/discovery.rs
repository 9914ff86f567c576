//! An issuer's endpoints for the editor (OpenID Connect Discovery 1.0, RFC 8414), to be seen and changed.

use std::sync::Arc;

use latchwork_engine::{EngineError, Metadata, OauthError, RunInput};
use latchwork_model::{Connector, ConnectorKind, Template};
use url::Url;

use crate::deep_link::DEEP_LINK_ADDRESS;
use crate::error::StudioError;
use crate::sign_out::NobodyThere;
use crate::studio::Studio;
use crate::wire::{DeepLinkState, Discovered, RedirectAddresses};

/// A redirect address of the loopback; any port (RFC 8252 section 7.3).
const LOOPBACK_ADDRESS: &str = "http://127.0.0.1/callback";

impl Studio {
    /// What an issuer says of its endpoints.
    pub async fn oauth_discover(&self, issuer: &str) -> Result<Discovered, StudioError> {
        let metadata = self.issuer_metadata(issuer.trim()).await?;
        Ok(Discovered::of(&metadata))
    }

    /// The metadata of an issuer that a person named, which is asked there and nowhere else.
    pub(crate) async fn issuer_metadata(&self, issuer: &str) -> Result<Arc<Metadata>, StudioError> {
        if !Url::parse(issuer).is_ok_and(|url| url.has_host()) {
            let error = OauthError::Discovery {
                issuer: issuer.to_owned(),
                reason: "this is no web address".to_owned(),
            };
            return Err(EngineError::from(error).into());
        }
        let mut connector = Connector::new("Discovery", ConnectorKind::Rest, "");
        connector.base_url = Template::literal(issuer);
        let mut run = self
            .engine()
            .run(&connector, RunInput::default(), &NobodyThere)?;
        Ok(run.provider_metadata(issuer).await?)
    }

    /// The redirect addresses to register at a provider; whose the deep links are is the shell's to say.
    pub fn oauth_redirect_addresses(
        deep_link_state: DeepLinkState,
        deep_link_note: Option<String>,
    ) -> RedirectAddresses {
        RedirectAddresses {
            loopback: LOOPBACK_ADDRESS.to_owned(),
            deep_link: DEEP_LINK_ADDRESS.to_owned(),
            deep_link_state,
            deep_link_note,
        }
    }
}
