//! Templates as a whole, and each filter against published vectors.

mod addresses;
mod conditions;
mod filters_crypto;
mod filters_data;
mod properties;
mod undefined;
mod values;

use serde_json::{Value, json};

use super::{Moment, Scope, TemplateError, Templates};

/// A moment whose time and random bytes are known.
fn moment() -> Moment {
    Moment::new(1_700_000_000, |bytes| bytes.fill(0xab))
}

fn scope() -> Scope {
    let mut scope = Scope::new();
    scope.set(
        "login",
        json!({
            "body": {
                "token": "abc", "user": { "id": 7, "name": "Ann", "roles": ["admin", "dev"], "manager": null },
                "items": [{ "id": 1, "ok": true }, { "id": 2, "ok": false }], "active": true, "nothing": null,
                "big": 18_446_744_073_709_551_615_u64, "ratio": 1.5, "empty": "", "none": [],
            },
            "status": 200,
            "headers": { "content-type": "application/json", "set-cookie": "sid=s1; Path=/, csrf=c2" },
        }),
    );
    scope.set(
        "vars",
        json!({ "client_id": "id", "client_secret": "canary-secret" }),
    );
    scope.set(
        "connector",
        json!({ "base_url": "https://api.acme.example/v2", "name": "Acme" }),
    );
    scope.set("page", json!({ "body": "plain text, no JSON" }));
    scope
}

fn value(template: &str) -> Result<Value, TemplateError> {
    Templates::shared().render_value(template, &scope(), &moment())
}

fn text(template: &str) -> Result<String, TemplateError> {
    Templates::shared().render_text(template, &scope(), &moment())
}

fn text_of(template: &str) -> String {
    text(template).unwrap_or_else(|error| panic!("{template}: {error}"))
}

fn text_with(template: &str, names: Value) -> Result<String, TemplateError> {
    let mut scope = Scope::new();
    if let Value::Object(members) = names {
        for (name, value) in members {
            scope.set(name, value);
        }
    }
    Templates::shared().render_text(template, &scope, &moment())
}

fn code(result: Result<impl std::fmt::Debug, TemplateError>) -> &'static str {
    result.expect_err("it should fail").code().as_str()
}
