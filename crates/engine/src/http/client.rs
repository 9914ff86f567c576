//! One HTTP client for each network setting, kept for its connections.

use std::collections::HashMap;
use std::error::Error as StdError;
use std::path::Path;
use std::sync::{Arc, Mutex, Once, PoisonError};

use reqwest::{Certificate, Client, ClientBuilder, Identity, Proxy, redirect};
use url::Url;

use super::address_guard::GuardedResolver;
use super::limits::CONNECT;
use super::phases::ConnectTimes;
use crate::bounded_file::read_bounded;
use crate::error::EngineError;

/// The network settings of a connector, with its templates rendered.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct NetworkSettings {
    /// A proxy's address, credentials and all.
    pub proxy: Option<Url>,
    /// A certificate authority of one's own, PEM text or a file with it.
    pub ca_certificate: Option<String>,
    /// A client certificate and its key, PEM text.
    pub client_certificate: Option<String>,
    /// Certificate checks switched off.
    pub accept_invalid_certificates: bool,
}

/// The clients of an engine.
#[derive(Default)]
pub(crate) struct Clients(Mutex<HashMap<NetworkSettings, Client>>);

impl Clients {
    /// The client for these settings.
    pub(crate) fn get(&self, settings: &NetworkSettings) -> Result<Client, EngineError> {
        let mut clients = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = clients.get(settings) {
            return Ok(client.clone());
        }
        let client = build(settings)?;
        clients.insert(settings.clone(), client.clone());
        Ok(client)
    }
}

fn build(settings: &NetworkSettings) -> Result<Client, EngineError> {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // An error means that one is installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    let mut builder = Client::builder()
        .user_agent(concat!("Latchwork/", env!("CARGO_PKG_VERSION")))
        .redirect(redirect::Policy::none())
        .referer(false)
        // A step's request is sent once.
        .retry(reqwest::retry::never())
        .connect_timeout(CONNECT)
        .dns_resolver(Arc::new(GuardedResolver))
        .connector_layer(ConnectTimes)
        // None but the file's own.
        .no_proxy();
    if let Some(proxy) = &settings.proxy {
        let proxy = Proxy::all(proxy.clone()).map_err(|error| fault("proxy", &error))?;
        builder = builder.proxy(proxy);
    }
    if let Some(pem) = &settings.ca_certificate {
        builder = with_authority(builder, pem)?;
    }
    if let Some(pem) = &settings.client_certificate {
        let identity = Identity::from_pem(pem.as_bytes())
            .map_err(|error| fault("client_certificate", &error))?;
        // Only here it is looked at in full, whether the key fits its certificate too.
        let alone = Client::builder().identity(identity.clone()).build();
        alone.map_err(|error| fault("client_certificate", &error))?;
        builder = builder.identity(identity);
    }
    if settings.accept_invalid_certificates {
        builder = builder.tls_danger_accept_invalid_certs(true);
    }
    let field = if settings.ca_certificate.is_some() {
        "ca_certificate"
    } else {
        "certificates"
    };
    builder.build().map_err(|error| fault(field, &error))
}

fn with_authority(builder: ClientBuilder, pem: &str) -> Result<ClientBuilder, EngineError> {
    let field = "ca_certificate";
    let pem = pem_text(pem).map_err(|error| fault(field, &error))?;
    let certificates = Certificate::from_pem_bundle(&pem).map_err(|error| fault(field, &error))?;
    if certificates.is_empty() {
        return Err(EngineError::Network {
            field,
            reason: "there is no certificate in it".to_owned(),
        });
    }
    Ok(builder.tls_certs_merge(certificates))
}

/// What is wrong with a setting, in the words of the cause at the bottom: those above it may name addresses.
fn fault(field: &'static str, error: &(dyn StdError + 'static)) -> EngineError {
    EngineError::Network {
        field,
        reason: innermost(error).to_string(),
    }
}

/// The cause at the bottom, which is the one that helps.
fn innermost<'a>(error: &'a (dyn StdError + 'static)) -> &'a (dyn StdError + 'static) {
    error.source().map_or(error, innermost)
}

/// The largest file of certificates that is read, in bytes.
const LARGEST_FILE: u64 = 1024 * 1024;

/// A certificate as PEM text, or the name of a file with it.
fn pem_text(value: &str) -> std::io::Result<Vec<u8>> {
    if value.contains("-----BEGIN") {
        Ok(value.as_bytes().to_vec())
    } else {
        // What a stranger's connector names may be a pipe or a device.
        read_bounded(Path::new(value), LARGEST_FILE)
    }
}
