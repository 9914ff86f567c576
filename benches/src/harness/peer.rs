//! The peer of everything that sends: reqwest, used by hand as one would without Latchwork.

use std::sync::Once;

use reqwest::Client;
use serde_json::Value;

use super::Fault;

/// A client with reqwest's own defaults; it keeps its connections.
pub fn client() -> Result<Client, Fault> {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // An error means that the engine has installed it already.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    Ok(Client::builder().build()?)
}

/// Signs in by hand, step after step: posts JSON with the token of the answer before, and reads the next one.
pub async fn flow_by_hand(client: &Client, origin: &str, steps: usize) -> Result<String, Fault> {
    let mut token = "none".to_owned();
    for number in 0..steps {
        let body = serde_json::json!({ "number": number, "previous": token });
        let response = client
            .post(format!("{origin}/step/{number}"))
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", "application/json")
            .body(serde_json::to_vec(&body)?)
            .send()
            .await?
            .error_for_status()?;
        let answer: Value = serde_json::from_slice(&response.bytes().await?)?;
        answer["token"]
            .as_str()
            .ok_or("the answer has no token")?
            .clone_into(&mut token);
    }
    Ok(token)
}
