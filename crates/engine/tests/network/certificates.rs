//! An authority of one's own, and a client certificate (mutual TLS).

use latchwork_testkit::{Certificates, TlsKind};
use serde_json::{Value, json};

use crate::sessions::{PATHS, connector, everything, paths, provider};

#[tokio::test]
async fn an_own_authority_is_that_of_steps_token_calls_discovery_revocation_and_test() {
    let certificates = Certificates::default();
    let server = provider(&certificates, TlsKind::Valid).await;
    let network = json!({ "ca_certificate": certificates.authority_pem() });
    let ended = everything(&connector(server.origin(), &network), json!({})).await;
    ended.result.expect("all of it is trusted");
    assert_eq!(paths(&server), PATHS);

    let server = provider(&certificates, TlsKind::Valid).await;
    let ended = everything(&connector(server.origin(), &json!({})), json!({})).await;
    assert_eq!(ended.fault().code.as_str(), "http.tls");
    assert!(paths(&server).is_empty());
}

#[tokio::test]
async fn a_client_certificate_is_shown_by_steps_token_calls_discovery_revocation_and_test() {
    let certificates = Certificates::default();
    let (certificate, key) = certificates.client_pem();
    let server = provider(&certificates, TlsKind::Mutual).await;
    let network = json!({
        "ca_certificate": certificates.authority_pem(),
        "client_certificate": { "certificate": "{{ vars.certificate }}", "key": "{{ vars.key }}" },
    });
    let variables = json!({ "certificate": certificate, "key": key });
    let ended = everything(&connector(server.origin(), &network), variables).await;
    ended.result.expect("it is known");
    assert_eq!(paths(&server), PATHS);
    // A line of the key's own, not the whole of it: nothing of it is told.
    let line = key.lines().nth(1).expect("a line");
    assert!(!ended.told.contains(line), "{}", ended.told);
}

#[tokio::test]
async fn a_server_that_wants_a_client_certificate_and_gets_none_or_another_is_told_as_tls() {
    let certificates = Certificates::default();
    let (certificate, key) = Certificates::default().client_pem();
    for client in [
        Value::Null,
        json!({ "certificate": certificate, "key": key }),
    ] {
        let server = provider(&certificates, TlsKind::Mutual).await;
        let mut network = json!({ "ca_certificate": certificates.authority_pem() });
        if !client.is_null() {
            network["client_certificate"] = client.clone();
        }
        let ended = everything(&connector(server.origin(), &network), json!({})).await;
        assert_eq!(
            ended.fault().code.as_str(),
            "http.tls",
            "{:?}",
            ended.fault()
        );
        assert_eq!(ended.fault().step.as_deref(), Some("oauth"));
        assert!(paths(&server).is_empty());
    }
}

#[tokio::test]
async fn what_is_no_certificate_is_named_and_nothing_of_a_key_is_said() {
    let certificates = Certificates::default();
    let (certificate, key) = certificates.client_pem();
    let (_, other_key) = certificates.client_pem();
    let line = key.lines().nth(1).expect("a line").to_owned();
    let both = |certificate: &str, key: &str| {
        json!({
            "ca_certificate": certificates.authority_pem(),
            "client_certificate": { "certificate": certificate, "key": key },
        })
    };
    for (network, field) in [
        (both("nothing", &key), "client_certificate"),
        (both(&certificate, "nothing"), "client_certificate"),
        (both(&certificate, &other_key), "client_certificate"),
        (
            json!({ "ca_certificate": "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----" }),
            "ca_certificate",
        ),
        (
            json!({ "ca_certificate": "/nowhere/authority.pem" }),
            "ca_certificate",
        ),
    ] {
        let ended = everything(&connector("https://api.invalid", &network), json!({})).await;
        let fault = ended.fault();
        assert_eq!(fault.code.as_str(), "network.invalid", "{fault:?}");
        assert!(
            fault.message.starts_with(&format!("network.{field}: ")),
            "{}",
            fault.message
        );
        assert!(!ended.told.contains(&line), "{}", ended.told);
    }
}
