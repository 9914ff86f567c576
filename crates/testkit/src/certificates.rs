//! Certificates for servers on loopback, good and bad ones (SAFETY F32).

use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::danger::ClientCertVerifier;
use rustls::server::{WantsServerCert, WebPkiClientVerifier};
use rustls::{ConfigBuilder, RootCertStore, ServerConfig, WantsVerifier};
use serde::Deserialize;
use time::OffsetDateTime;
use time::macros::datetime;

/// What is right or wrong with a server's certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TlsKind {
    /// By the test's authority, for 127.0.0.1 and localhost.
    Valid,
    /// By itself alone.
    SelfSigned,
    /// By itself, and called an authority, as `openssl req -x509` makes them.
    SelfSignedAuthority,
    /// By the test's authority, for another host.
    WrongHost,
    /// By the test's authority, and over.
    Expired,
    /// By the test's authority, and not valid yet.
    NotYetValid,
    /// By the test's authority; the server wants a client certificate of the same authority.
    Mutual,
}

/// An authority of a test's own, and what it signs.
pub struct Certificates {
    authority: CertifiedIssuer<'static, KeyPair>,
}

impl Default for Certificates {
    fn default() -> Self {
        let mut params = CertificateParams::default();
        params
            .distinguished_name
            .push(DnType::CommonName, "Test authority");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority =
            CertifiedIssuer::self_signed(params, key()).expect("an authority can be made");
        Self { authority }
    }
}

impl Certificates {
    /// The authority's certificate as PEM text, for a connector's `network.ca_certificate`.
    pub fn authority_pem(&self) -> String {
        self.authority.pem()
    }

    /// A client certificate and its key as PEM text, for a connector's `network.client_certificate`.
    pub fn client_pem(&self) -> (String, String) {
        let mut params = CertificateParams::default();
        params
            .distinguished_name
            .push(DnType::CommonName, "Test client");
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        let key = key();
        let certificate = params
            .signed_by(&key, &self.authority)
            .expect("a certificate can be made");
        (certificate.pem(), key.serialize_pem())
    }

    fn client_verifier(&self) -> Arc<dyn ClientCertVerifier> {
        let mut roots = RootCertStore::empty();
        roots
            .add(self.authority.der().clone())
            .expect("the authority is one");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider)
            .build()
            .expect("there is an authority")
    }

    /// The settings of a server with such a certificate.
    pub fn server(&self, kind: TlsKind) -> Arc<ServerConfig> {
        let host = if kind == TlsKind::WrongHost {
            "other.example"
        } else {
            "localhost"
        };
        let mut names = vec![host.to_owned()];
        if kind != TlsKind::WrongHost {
            names.push("127.0.0.1".to_owned());
        }
        let mut params = CertificateParams::new(names).expect("these are host names");
        params.distinguished_name.push(DnType::CommonName, host);
        let (from, to): (OffsetDateTime, OffsetDateTime) = match kind {
            TlsKind::Expired => (
                datetime!(2020-01-01 0:00 UTC),
                datetime!(2021-01-01 0:00 UTC),
            ),
            TlsKind::NotYetValid => (
                datetime!(2190-01-01 0:00 UTC),
                datetime!(2191-01-01 0:00 UTC),
            ),
            _ => (
                datetime!(2020-01-01 0:00 UTC),
                datetime!(2190-01-01 0:00 UTC),
            ),
        };
        params.not_before = from;
        params.not_after = to;
        let key = key();
        let certificate = match kind {
            TlsKind::SelfSigned => params.self_signed(&key),
            TlsKind::SelfSignedAuthority => {
                params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
                params.self_signed(&key)
            }
            _ => params.signed_by(&key, &self.authority),
        };
        let certificate = certificate.expect("a certificate can be made");
        let builder = config_builder();
        let builder = match kind {
            TlsKind::Mutual => builder.with_client_cert_verifier(self.client_verifier()),
            _ => builder.with_no_client_auth(),
        };
        with_certificate(builder, &certificate, &key)
    }

    /// The settings of a server with a good certificate by the test's authority, for one host.
    pub fn for_host(&self, host: &str) -> Arc<ServerConfig> {
        let mut params = CertificateParams::new([host.to_owned()]).expect("this is a host name");
        params.distinguished_name.push(DnType::CommonName, host);
        let key = key();
        let certificate = params.signed_by(&key, &self.authority);
        let certificate = certificate.expect("a certificate can be made");
        with_certificate(config_builder().with_no_client_auth(), &certificate, &key)
    }
}

fn config_builder() -> ConfigBuilder<ServerConfig, WantsVerifier> {
    ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring has the default versions")
}

fn with_certificate(
    builder: ConfigBuilder<ServerConfig, WantsServerCert>,
    certificate: &rcgen::Certificate,
    key: &KeyPair,
) -> Arc<ServerConfig> {
    let certificate: CertificateDer<'static> = certificate.der().clone();
    let key = PrivateKeyDer::try_from(key.serialize_der()).expect("rcgen writes PKCS#8");
    let config = builder
        .with_single_cert(vec![certificate], key)
        .expect("the key fits its certificate");
    Arc::new(config)
}

fn key() -> KeyPair {
    KeyPair::generate().expect("a key can be made")
}
