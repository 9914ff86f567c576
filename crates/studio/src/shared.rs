//! The shared sign-in: the admin signs in once, for everyone (PRODUCT S4).

use std::borrow::Cow;
use std::sync::Arc;

use latchwork_engine::{Host, RunInput};
use latchwork_model::{Auth, Connector};
use latchwork_store::Scope;

use crate::accounts::Account;
use crate::error::StudioError;
use crate::renewal::Whose;
use crate::studio::Studio;

impl Studio {
    /// Runs the steps with shared credentials, and every step before the last of them, and keeps what the shared ones
    /// leave for everyone; when that expires, in Unix seconds, where it is known. Of the other steps nothing is kept.
    pub async fn login_shared(
        &self,
        connector_id: &str,
        connector: &Connector,
        input: RunInput,
        host: &dyn Host,
    ) -> Result<Option<i64>, StudioError> {
        let Some(beginning) = up_to_the_last_shared_step(connector) else {
            return Err(StudioError::NothingShared {
                connector: connector.name.clone(),
            });
        };
        // What could not be kept for everyone is not asked of anybody.
        self.vault().await?;
        let connector = Arc::new(connector.clone());
        let whose = Whose::new(connector_id, &connector, Account::default_one());
        let generation = self.session_generation(connector_id).await?;
        let mut run = self.engine().run(&beginning, input, host)?;
        run.auth_flow().await?;
        let outputs = run.shared_outputs();
        self.keep(&whose, Scope::Shared, &outputs, generation)
            .await?;
        Ok(outputs.expires_at)
    }
}

/// A connector whose auth flow ends at its last step with shared credentials; nothing where it has none.
fn up_to_the_last_shared_step(connector: &Connector) -> Option<Connector> {
    let plan = connector.auth.plan();
    let last = plan
        .steps
        .iter()
        .rposition(|step| !step.disabled && step.is_shared())?;
    let mut plan = Cow::into_owned(plan);
    plan.steps.truncate(last + 1);
    let mut connector = connector.clone();
    connector.auth = Auth::Multistep(plan);
    Some(connector)
}

#[cfg(test)]
mod tests {
    use latchwork_model::read_shape;
    use serde_json::json;

    use super::*;

    #[test]
    fn s4_the_flow_ends_at_the_last_shared_step() {
        let step = |id: &str, shared: bool| json!({ "id": id, "type": "oauth2_client_credentials", "client_id": "a", "token_url": "https://a.example/t", "shared_credentials": shared });
        let connector = |auth: serde_json::Value| {
            let document = json!({ "format": "latchwork.connector/1", "name": "A", "kind": "rest", "base_url": "https://a.example", "auth": auth });
            read_shape(&document.to_string()).unwrap()
        };
        let steps = [
            step("before", false),
            step("one", true),
            step("between", false),
            step("two", true),
            step("after", false),
        ];
        let cut = up_to_the_last_shared_step(&connector(
            json!({ "method": "multistep", "steps": steps, "request_parameters": [] }),
        ));
        let cut = cut.unwrap();
        let plan = cut.auth.plan();
        let ids: Vec<&str> = plan.steps.iter().map(|step| step.id.as_str()).collect();
        assert_eq!(ids, ["before", "one", "between", "two"]);
        let alone = json!({ "method": "multistep", "steps": [step("one", false)], "request_parameters": [] });
        assert!(up_to_the_last_shared_step(&connector(alone)).is_none());
        let preset = json!({ "method": "oauth2", "grant": "client_credentials", "client_id": "a", "token_url": "https://a.example/t", "shared_credentials": true });
        assert!(up_to_the_last_shared_step(&connector(preset)).is_some());
    }
}
