//! Which way the browser comes back, and the redirect address that goes with it.

use std::sync::Arc;

use latchwork_model::RedirectKind;
use url::Url;

use super::PASTE_ADDRESS;
use super::loopback::{LoopbackReceiver, loopback_address};
use super::pending::PendingAuthorizations;
use crate::error::EngineError;

/// A way back, held open as long as it is held.
pub(crate) struct RedirectWay {
    /// The redirect address, as the provider knows it.
    pub redirect_uri: String,
    /// How it comes back.
    pub kind: RedirectKind,
    /// Listening ends with it.
    _receiver: Option<LoopbackReceiver>,
}

impl RedirectWay {
    /// Opens the way back. An address of the file's own decides: one on this machine is listened at (unless it is to
    /// be pasted), one of the deep link's scheme comes by deep link, an https one is pasted.
    pub(crate) async fn open(
        kind: RedirectKind,
        fixed: Option<String>,
        deep_link_address: String,
        pending: &Arc<PendingAuthorizations>,
    ) -> Result<Self, EngineError> {
        let of = |kind, redirect_uri, receiver| Self {
            redirect_uri,
            kind,
            _receiver: receiver,
        };
        let Some(fixed) = fixed else {
            return Ok(match kind {
                RedirectKind::Loopback => {
                    let receiver = LoopbackReceiver::on_free_port(Arc::clone(pending)).await?;
                    of(kind, receiver.redirect_uri().to_owned(), Some(receiver))
                }
                RedirectKind::DeepLink => of(kind, deep_link_address, None),
                RedirectKind::Paste => of(kind, PASTE_ADDRESS.to_owned(), None),
            });
        };
        let scheme = |address: &str| Url::parse(address).map(|url| url.scheme().to_owned()).ok();
        if kind == RedirectKind::Paste || scheme(&fixed).as_deref() == Some("https") {
            return Ok(of(RedirectKind::Paste, fixed, None));
        }
        if loopback_address(&fixed).is_none() && scheme(&fixed) == scheme(&deep_link_address) {
            return Ok(of(RedirectKind::DeepLink, fixed, None));
        }
        let receiver = LoopbackReceiver::at(&fixed, Arc::clone(pending)).await?;
        Ok(of(RedirectKind::Loopback, fixed, Some(receiver)))
    }
}
