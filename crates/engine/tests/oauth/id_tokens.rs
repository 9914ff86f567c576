//! ID tokens: Z8.

use latchwork_engine::{Engine, RunInput};
use latchwork_testkit::oauth::{AuthorizationServer, IdToken, Script};
use serde_json::{Value, json};

use crate::signing_in::{Ended, agreeing, connector_of, run, step};

async fn signed_in(id_token: IdToken, with_issuer: bool) -> Ended {
    let server = AuthorizationServer::start(Script {
        id_token: Some(id_token),
        ..Script::default()
    })
    .await;
    let mut members = json!({ "scopes": ["openid"] });
    if with_issuer {
        members["issuer"] = Value::from(server.issuer());
    }
    let connector = connector_of(&json!([step(
        &server,
        "oauth2_authorization_code",
        members
    )]));
    run(
        &Engine::default(),
        &connector,
        RunInput::default(),
        agreeing,
    )
    .await
}

#[tokio::test]
async fn z8_a_good_id_token_is_an_output() {
    for with_issuer in [true, false] {
        for good in [IdToken::Good, IdToken::JustExpired] {
            let ended = signed_in(good, with_issuer).await;
            assert_eq!(ended.text("id_token").split('.').count(), 3);
        }
    }
}

#[tokio::test]
async fn z8_a_wrong_id_token_ends_the_step() {
    for (wrong, without_issuer_too) in [
        (IdToken::WrongNonce, true),
        (IdToken::MissingNonce, true),
        (IdToken::WrongAudience, true),
        (IdToken::Expired, true),
        (IdToken::Unsigned, true),
        (IdToken::Garbage, true),
        (IdToken::WrongIssuer, false),
        (IdToken::OtherKey, false),
    ] {
        let said = format!("{wrong:?}");
        let ended = signed_in(wrong, true).await;
        assert_eq!(
            ended.fault().code.as_str(),
            "oauth.id_token_invalid",
            "{said}"
        );
        if without_issuer_too {
            let ended = signed_in(wrong, false).await;
            assert_eq!(
                ended.fault().code.as_str(),
                "oauth.id_token_invalid",
                "{said}"
            );
        }
    }
}
