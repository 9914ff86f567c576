//! Shared credentials on their way to another machine.

use std::sync::Arc;

use latchwork_studio::Studio;
use latchwork_studio::wire::RunWhat;
use latchwork_testkit::oauth::{AuthorizationServer, Endpoint, Script};
use serde_json::{Value, json};

use crate::desk::{Desk, connector_file, step};

const PASSPHRASE: &str = "correct horse battery staple";

async fn signed_in(server: &AuthorizationServer) -> (Desk, latchwork_studio::ConnectorOpened) {
    let desk = Desk::new().await;
    let steps = json!([step(server, json!({ "shared_credentials": true }))]);
    let opened = desk.acme(server, &steps).await;
    let nothing = desk.studio.bundle_of(&opened.id, PASSPHRASE).await;
    assert_eq!(nothing.unwrap_err().code().as_str(), "session.needs_you");
    desk.sign_in(&opened, RunWhat::SharedSignIn).await;
    (desk, opened)
}

#[tokio::test(flavor = "multi_thread")]
async fn s4_a_bundle_brings_the_shared_sign_in_to_another_machine() {
    let server = AuthorizationServer::start(Script::default()).await;
    let (admin, opened) = signed_in(&server).await;
    let bundle = admin
        .studio
        .bundle_of(&opened.id, PASSPHRASE)
        .await
        .unwrap();
    for word in ["access_token", "access-token", "Acme", "refresh"] {
        let open = bundle
            .windows(word.len())
            .any(|part| part == word.as_bytes());
        assert!(!open, "z31: `{word}` lies open");
    }
    let path = admin
        .folder
        .path()
        .join(admin.studio.bundle_file_name(&opened.id).await.unwrap());
    assert!(path.ends_with("acme.latchwork-bundle"));
    Studio::bundle_write(&path, bundle).await.unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    let user = Desk::new().await;
    let document: Value = serde_json::from_str(&opened.document).unwrap();
    let there = user
        .studio
        .connector_import_text(&document.to_string())
        .await
        .unwrap();
    assert_eq!(there.id, opened.id);
    let bundle = Studio::bundle_read(&path).await.unwrap();
    for (bytes, passphrase, code) in [
        (bundle.clone(), "wrong", "bundle.passphrase"),
        (b"{}".to_vec(), PASSPHRASE, "bundle.invalid"),
        (
            bundle[..bundle.len() - 1].to_vec(),
            PASSPHRASE,
            "bundle.invalid",
        ),
    ] {
        let refused = user.studio.bundle_open(bytes, passphrase).await;
        assert_eq!(refused.unwrap_err().code().as_str(), code);
    }
    let status = async || user.studio.auth_status(&there.id).await.unwrap().shared;
    assert!(!status().await.signed_in);
    let opened = user.studio.bundle_open(bundle, PASSPHRASE).await.unwrap();
    assert_eq!(
        (opened.connector_id.as_str(), opened.connector_name.as_str()),
        (there.id.as_str(), "Acme")
    );
    assert!(status().await.signed_in);
    let mut call = user.call(&there).await;
    assert_eq!(call.end().await, None);
    assert!(!call.asked_the_browser());
}

#[tokio::test(flavor = "multi_thread")]
async fn z32_a_bundle_for_another_version_of_the_connector_is_refused() {
    let server = AuthorizationServer::start(Script::default()).await;
    let (admin, opened) = signed_in(&server).await;
    let bundle = admin
        .studio
        .bundle_of(&opened.id, PASSPHRASE)
        .await
        .unwrap();
    let user = Desk::new().await;
    let mut document: Value = serde_json::from_str(&opened.document).unwrap();
    document["base_url"] = json!("https://evil.example");
    user.studio
        .connector_import_text(&document.to_string())
        .await
        .unwrap();
    let refused = user.studio.bundle_open(bundle, PASSPHRASE).await;
    assert_eq!(refused.unwrap_err().code().as_str(), "bundle.invalid");
    let status = user.studio.auth_status(&opened.id).await.unwrap();
    assert!(!status.shared.signed_in);
}

#[tokio::test]
async fn a_bundle_needs_a_passphrase_and_something_shared() {
    let server = AuthorizationServer::start(Script::default()).await;
    let desk = Desk::new().await;
    let steps = json!([step(&server, json!({}))]);
    let text = connector_file("Acme", &server.url(Endpoint::Api), &steps);
    let connector = latchwork_model::read_connector(&text).unwrap();
    let seal = async |passphrase| {
        let sealed = desk
            .studio
            .bundle_seal("Acme", &connector, passphrase)
            .await;
        sealed.unwrap_err().code().as_str()
    };
    assert_eq!(seal("").await, "bundle.passphrase");
    assert_eq!(seal("secret").await, "usage.invalid");
}

#[tokio::test]
async fn a_file_that_is_not_there_or_too_large_is_told() {
    let folder = Arc::new(tempfile::TempDir::new().unwrap());
    let missing = Studio::bundle_read(&folder.path().join("none")).await;
    assert_eq!(missing.unwrap_err().code().as_str(), "file.not_found");
    let path = folder.path().join("large");
    std::fs::File::create(&path)
        .unwrap()
        .set_len(64 * 1024 * 1024)
        .unwrap();
    let read = Studio::bundle_read(&path).await.unwrap();
    let desk = Desk::new().await;
    let refused = desk.studio.bundle_open(read, PASSPHRASE).await;
    assert_eq!(refused.unwrap_err().code().as_str(), "bundle.invalid");
}
