//! `jwt_decode` over anything that is called a token: its header and its payload, or a refusal.

use serde_json::Value;

use crate::input::text;
use crate::rendering::render;

/// The token.
pub fn run(data: &[u8]) {
    let token = text(data);
    let names = [("token", &*token)];
    let Ok(decoded) = render("{{ token | jwt_decode }}", &names) else {
        return;
    };
    assert!(decoded["header"].is_object(), "{decoded}");
    let payload = decoded.get("payload").expect("a payload");
    if let Some(claims) = payload.as_object() {
        for (name, claim) in claims {
            let is_part = matches!(name.as_str(), "header" | "payload");
            assert!(is_part || decoded[name] == *claim, "{name}: {decoded}");
        }
    }
    // A token of three parts, whatever is around it.
    assert!((2..=3).contains(&token.trim().split('.').count()));
    let header = render(
        "{{ (token | jwt_decode).header | json | parse_json }}",
        &names,
    );
    assert_eq!(header.as_ref().ok(), decoded.get("header"));
    assert_ne!(decoded, Value::Null);
}
