//! Text through the filters that encode, decode and pick: each gives text or refuses, and what was encoded is
//! decoded to what it was.

use crate::input::text;
use crate::rendering::render;

/// There and back.
const PAIRS: &[&str] = &[
    "{{ text | base64encode | base64decode }}",
    "{{ text | base64url | base64decode }}",
    "{{ text | json | parse_json }}",
];

/// One way.
const SINGLE: &[&str] = &[
    "{{ text | base64decode }}",
    "{{ text | parse_json }}",
    "{{ text | cookie('sid') | default('none') }}",
    "{{ text | hash('sha256') }}",
    "{{ text | hexencode }}",
];

/// The text.
pub fn run(data: &[u8]) {
    let text = text(data);
    let names = [("text", &*text)];
    for template in PAIRS {
        let back = render(template, &names);
        assert_eq!(
            back.as_ref().ok().and_then(|back| back.as_str()),
            Some(&*text),
            "{template}"
        );
    }
    for template in SINGLE {
        let _ = render(template, &names);
    }
    let encoded = render("{{ text | urlencode }}", &names).expect("any text is encoded");
    let encoded = encoded.as_str().expect("text");
    assert!(
        encoded
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)),
        "{encoded}"
    );
    let escaped = render("{{ text | xmlescape }}", &names).expect("any text is escaped");
    assert!(!escaped.as_str().expect("text").contains(['<', '>', '"']));
}
