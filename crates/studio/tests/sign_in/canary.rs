//! The canary (SAFETY Z29): after everything, no secret of a sign-in lies in the clear in the data folder, nor was one
//! told to a window.

use std::path::Path;

use latchwork_studio::ReceivedBy;
use latchwork_studio::wire::RunWhat;
use latchwork_testkit::find_leak;
use latchwork_testkit::oauth::{Endpoint, Script};
use latchwork_testkit::oidc::Browser;
use serde_json::json;

use crate::desk::{Desk, Run, parameter, step};
use crate::sso::{request, server, start};

const PASSPHRASE: &str = "correct horse battery staple";

/// The values that a run left in these outputs.
fn tokens(desk: &Desk, run: &Run, step: &str) -> Vec<String> {
    let reveal = |name: &&str| desk.studio.run_reveal(&run.id, &format!("{step}.{name}"));
    ["access_token", "refresh_token", "id_token"]
        .iter()
        .filter_map(|name| reveal(name).ok())
        .collect()
}

fn files(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let bytes = std::fs::read(&path).unwrap();
            let text = String::from_utf8_lossy(&bytes).into_owned();
            found.push((path.display().to_string(), text));
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn z29_no_secret_of_a_sign_in_lies_open_or_reaches_a_window() {
    let server = server(Script::default()).await;
    let desk = Desk::new().await;
    let mut notices = desk.notices();
    let mut secrets = vec![server.client_secret().to_owned(), PASSPHRASE.to_owned()];
    let mut told = String::new();

    // A connector by deep link, its answer handed over twice; then the shared sign-in by loopback.
    for (name, what, more) in [
        (
            "Own",
            RunWhat::AuthSteps,
            json!({ "redirect": "deep_link", "client_secret": "" }),
        ),
        (
            "Shared",
            RunWhat::SharedSignIn,
            json!({ "shared_credentials": true, "client_secret": "" }),
        ),
    ] {
        let steps = json!([step(&server, more)]);
        let opened = desk
            .connector(name, &server.url(Endpoint::Api), &steps)
            .await;
        let mut run = desk.start(&opened, what).await;
        run.browser().await;
        let address = desk.visit().await;
        let arrival = Browser::new().sign_in(&address).await;
        for _ in 0..2 {
            desk.studio
                .callback_received(&arrival.address, ReceivedBy::DeepLink)
                .await;
        }
        assert_eq!(run.end().await, None);
        secrets.extend([
            parameter(&address, "state"),
            parameter(&arrival.address, "code"),
        ]);
        secrets.extend(tokens(&desk, &run, "oauth"));
        let mut call = desk.call(&opened).await;
        assert_eq!(call.end().await, None);
        told += &run.told();
        told += &call.told();
        let status = desk.studio.auth_status(&opened.id).await.unwrap();
        told += &serde_json::to_string(&status).unwrap();
        if name == "Shared" {
            let sealed = desk.studio.bundle_of(&opened.id, PASSPHRASE).await.unwrap();
            std::fs::write(desk.folder.path().join("data").join("bundle"), sealed).unwrap();
        }
    }

    // The person, with a secret of the client's.
    let mut run = start(&desk, request(&server));
    run.browser().await;
    let address = desk.visit().await;
    secrets.push(parameter(&address, "state"));
    secrets.push(parameter(&address, "nonce"));
    Browser::new().sign_in(&address).await;
    assert_eq!(run.end().await, None);
    secrets.extend(tokens(&desk, &run, "sso"));
    told += &run.told();
    told += &serde_json::to_string(&desk.studio.sso_status().await.unwrap()).unwrap();
    while let Ok(notice) = notices.try_recv() {
        told += &serde_json::to_string(&notice).unwrap();
    }

    secrets.retain(|secret| !secret.is_empty());
    assert!(secrets.len() >= 13, "{}", secrets.len());
    for secret in &secrets {
        assert_eq!(find_leak(&told, secret), None, "a window was told {secret}");
        for (path, text) in files(desk.folder.path()) {
            assert_eq!(find_leak(&text, secret), None, "{path} holds {secret}");
        }
    }
    let data = files(desk.folder.path());
    assert!(
        data.iter().any(|(_, text)| text.contains("Shared")),
        "what is looked for would be found"
    );
}
