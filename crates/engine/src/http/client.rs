//! One HTTP client for each network setting, kept for its connections.

use std::collections::HashMap;
use std::error::Error as StdError;
use std::sync::{Arc, Mutex, Once, PoisonError};

use reqwest::{Certificate, Client, Identity, Proxy, redirect};

use super::address_guard::GuardedResolver;
use super::limits::CONNECT;
use super::phases::ConnectTimes;
use crate::error::EngineError;

/// The network settings of a connector, with its templates rendered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct NetworkSettings {
    /// A proxy's address.
    pub proxy: Option<String>,
    /// A certificate authority of one's own, PEM text or a file with it.
    pub ca_certificate: Option<String>,
    /// A client certificate and its key, PEM text.
    pub client_certificate: Option<String>,
    /// Certificate checks switched off.
    pub accept_invalid_certificates: bool,
}

/// The clients of an engine.
#[derive(Debug, Default)]
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
    let network = |field: &'static str, error: &dyn std::fmt::Display| EngineError::Network {
        field,
        reason: error.to_string(),
    };
    let mut builder = Client::builder()
        .user_agent(concat!("Latchwork/", env!("CARGO_PKG_VERSION")))
        .redirect(redirect::Policy::none())
        .referer(false)
        // A step's request is sent once.
        .retry(reqwest::retry::never())
        .connect_timeout(CONNECT)
        .dns_resolver(Arc::new(GuardedResolver))
        .connector_layer(ConnectTimes);
    if let Some(proxy) = &settings.proxy {
        builder = builder.proxy(Proxy::all(proxy).map_err(|error| network("proxy", &error))?);
    }
    if let Some(pem) = &settings.ca_certificate {
        let pem = pem_text(pem).map_err(|error| network("ca_certificate", &error))?;
        let certificates = Certificate::from_pem_bundle(&pem)
            .map_err(|error| network("ca_certificate", &error))?;
        if certificates.is_empty() {
            return Err(network("ca_certificate", &"there is no certificate in it"));
        }
        builder = builder.tls_certs_merge(certificates);
    }
    if let Some(pem) = &settings.client_certificate {
        let identity = Identity::from_pem(pem.as_bytes())
            .map_err(|error| network("client_certificate", &error))?;
        builder = builder.identity(identity);
    }
    if settings.accept_invalid_certificates {
        builder = builder.tls_danger_accept_invalid_certs(true);
    }
    // Only now a certificate is looked at in full.
    let field = match settings {
        NetworkSettings {
            ca_certificate: Some(_),
            ..
        } => "ca_certificate",
        NetworkSettings {
            client_certificate: Some(_),
            ..
        } => "client_certificate",
        _ => "certificates",
    };
    builder
        .build()
        .map_err(|error| network(field, &innermost(&error)))
}

/// The cause at the bottom, which is the one that helps.
fn innermost<'a>(error: &'a (dyn StdError + 'static)) -> &'a (dyn StdError + 'static) {
    error.source().map_or(error, innermost)
}

/// A certificate as PEM text, or the name of a file with it.
fn pem_text(value: &str) -> std::io::Result<Vec<u8>> {
    if value.contains("-----BEGIN") {
        Ok(value.as_bytes().to_vec())
    } else {
        std::fs::read(value)
    }
}
