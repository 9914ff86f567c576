//! What templates are rendered with: names whose values are as hostile as answers can be, and a moment that stands.

use std::sync::OnceLock;

use latchwork_engine::template::{Moment, Scope, TemplateError, Templates};
use serde_json::{Value, json};

/// The longest text that a template may give (CONTRACT, section 1; SAFETY Z28).
pub(crate) const LONGEST_TEXT: usize = 12 << 20;

/// A moment whose time and random bytes are known.
pub(crate) fn moment() -> Moment {
    Moment::new(1_700_000_000, |bytes| bytes.fill(0xab))
}

/// Names as a run has them, with values that look like templates, markup, paths and marks, or are too deep, too
/// large, or nothing.
pub(crate) fn hostile_scope() -> Scope {
    static SCOPE: OnceLock<Scope> = OnceLock::new();
    SCOPE.get_or_init(make_scope).clone()
}

fn make_scope() -> Scope {
    let mut scope = Scope::new();
    let deep = (0..100).fold(json!("bottom"), |inside, _| json!([inside]));
    scope.set(
        "login",
        json!({
            "status": 200,
            "body": {
                "token": "{{ vars.secret }}{% for x in [1] %}{{ x }}{% endfor %}{# #}",
                "deep": deep,
                "list": [1, -1, 0, 1.5, null, true, "", "x", [], {}, [[1], [2]]],
                "items": [{ "id": 1, "name": "a" }, { "id": 2, "name": null }],
                "largest": u64::MAX, "smallest": i64::MIN, "float": 1e308, "zero": -0.0,
                "nothing": null, "empty": "", "no": false,
                "__class__": "x", "a b": { "": "empty name", "é": "é" }, "'": "quote",
            },
            "headers": { "set-cookie": "sid=a,b; Path=/, csrf=\"c\"; Expires=Wed, 09 Jun 2027 10:18:14 GMT" },
            "cookies": { "sid": "a\u{202e}b" },
        }),
    );
    scope.set(
        "page",
        json!({
            "html": "<form><input name=csrf value='t&amp;1'><template><p>x</template>\u{0}",
            "xml": "<a xmlns:p='urn:p'><p:b c='1'>text</p:b><!-- --><![CDATA[]]>]]></a>",
            "json": "\u{feff}{\"a\":[1,{\"b\":\"\\ud800\"}]}",
            "jwt": "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.",
            "marks": "\u{fdd0}v41\u{fdd1}\u{fdd0}s2f2e2e\u{fdd1}",
            "lines": "a\r\nb\0c", "path": "../..//%2e%2e/\\", "url": "https://u:p@evil.example:1/?a#b",
            "long": "aé".repeat(2_000),
        }),
    );
    scope.set("vars", json!({ "secret": "canary", "key": "key" }));
    scope.set(
        "connector",
        json!({ "base_url": "https://api.example/v2", "name": "Acme" }),
    );
    scope
}

/// Renders an expression over these names with the templates of the process.
pub(crate) fn render(template: &str, names: &[(&str, &str)]) -> Result<Value, TemplateError> {
    let mut scope = Scope::new();
    for (name, value) in names {
        scope.set(*name, *value);
    }
    Templates::shared().render_value(template, &scope, &moment())
}
