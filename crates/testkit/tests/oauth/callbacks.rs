//! Each way in which the browser comes back.

use latchwork_testkit::oauth::{
    AuthorizationServer, CallbackAnswer, Endpoint, Script, hostile_description,
};
use latchwork_testkit::oidc::Browser;
use latchwork_testkit::{Answer, FaultServer, Route};
use serde_json::json;
use url::Url;

use crate::requests::{all, visit};

#[tokio::test]
async fn each_callback_is_wrong_in_one_way() {
    use CallbackAnswer as Is;
    // How many codes, states, issuers and errors there are.
    for (callback, counts) in [
        (Is::Good, [1, 1, 1, 0]),
        (Is::WrongState, [1, 1, 1, 0]),
        (Is::MissingState, [1, 0, 1, 0]),
        (Is::DoubledState, [1, 2, 1, 0]),
        (Is::MissingCode, [0, 1, 1, 0]),
        (Is::DoubledCode, [2, 1, 1, 0]),
        (Is::WrongIssuer, [1, 1, 1, 0]),
        (Is::MissingIssuer, [1, 1, 0, 0]),
        (Is::DoubledIssuer, [1, 1, 2, 0]),
        (Is::Denied, [0, 1, 1, 1]),
        (Is::DeniedHostile, [0, 1, 1, 1]),
        (Is::Error("server_error".into(), "x".into()), [0, 1, 1, 1]),
        (Is::DoubledError, [0, 1, 1, 2]),
    ] {
        let server = AuthorizationServer::start(Script {
            callback: vec![callback.clone()],
            ..Script::default()
        })
        .await;
        let (_, parameters) = visit(&server, &[]).await;
        let found = ["code", "state", "iss", "error"].map(|name| all(&parameters, name).len());
        assert_eq!(found, counts, "{callback:?}: {parameters:?}");
        let right_state = all(&parameters, "state").first() == Some(&crate::requests::STATE);
        assert_eq!(
            right_state,
            !matches!(callback, Is::WrongState | Is::MissingState)
        );
        let right_issuer = all(&parameters, "iss").first() == Some(&server.issuer());
        assert_eq!(
            right_issuer,
            !matches!(callback, Is::WrongIssuer | Is::MissingIssuer)
        );
        if callback == Is::DeniedHostile {
            assert_eq!(
                all(&parameters, "error_description"),
                [hostile_description()]
            );
        }
    }
}

#[tokio::test]
async fn a_callback_has_parameters_of_its_own_or_does_not_come() {
    let server = AuthorizationServer::start(Script {
        callback: vec![
            CallbackAnswer::Extra(vec![
                ("realmId".to_owned(), "42".to_owned()),
                (
                    "accounts-server".to_owned(),
                    "https://accounts.example".to_owned(),
                ),
            ]),
            CallbackAnswer::Page(200),
        ],
        ..Script::default()
    })
    .await;
    let deep_link = ("redirect_uri", "studio.latchwork.dev://oauth/callback");
    let (_, parameters) = visit(&server, &[deep_link]).await;
    assert_eq!(all(&parameters, "realmId"), ["42"]);
    assert_eq!(
        all(&parameters, "accounts-server"),
        ["https://accounts.example"]
    );
    let (got, parameters) = visit(&server, &[]).await;
    assert_eq!((got.status, parameters.len()), (200, 0));
}

#[tokio::test]
async fn the_scripted_browser_is_sent_back_from_here_too() {
    let server = AuthorizationServer::start(Script::default()).await;
    let page = Answer::json(json!("You can close this page."));
    let listener = FaultServer::start(vec![Route::new("/callback", page)]).await;
    let mut url = Url::parse(&server.url(Endpoint::Authorization)).expect("an address");
    let redirect = format!("{}/callback", listener.origin());
    url.query_pairs_mut().extend_pairs([
        ("client_id", server.client_id()),
        ("response_type", "code"),
        ("redirect_uri", &redirect),
        ("state", crate::requests::STATE),
    ]);
    let arrival = Browser::new().sign_in(url.as_str()).await;
    assert_eq!(arrival.parameter("code").as_deref(), Some("code-1"));
    assert_eq!(arrival.page.map(|page| page.status), Some(200));
    assert_eq!(listener.requests().len(), 1);
}

#[test]
fn the_hostile_description_has_everything_in_it() {
    let text = hostile_description();
    assert!(text.len() > 5_000);
    assert!(text.chars().any(char::is_control));
    for part in ["\u{202e}", "\u{200f}", "<a href", "https://", "<script>"] {
        assert!(text.contains(part), "{part}");
    }
}
