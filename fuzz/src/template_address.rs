//! An address template and a value in it: the value never changes where the address leads (SAFETY Z25), nor what
//! its parts are.
//!
//! The first line is the template, all behind it is the value of `v`.

use latchwork_engine::template::{Scope, Templates, UrlStart};
use latchwork_model::template_syntax::is_literal;
use latchwork_model::{Origin, origin_part};
use url::Url;

use crate::input::{first_line, text};
use crate::rendering::moment;

/// What an expression that is nothing but the value looks like.
const PLAIN: &str = "{{ v }}";

/// A template and a value.
pub fn run(data: &[u8]) {
    let text = text(data);
    let (template, value) = first_line(&text);
    let Some((address, start)) = rendered(template, value) else {
        return;
    };
    let literal = origin_part(template).filter(|part| is_literal(part));
    if let Some(named) = literal.and_then(origin)
        && Url::parse(&address).is_ok()
    {
        assert_eq!(origin(&address), Some(named), "{address}");
        assert_eq!(start, UrlStart::Literal, "{address}");
    }
    if template.trim_start().starts_with('/') {
        assert!(address.starts_with('/'), "{address}");
    }
    keeps_its_parts(template.trim(), value, &address);
}

fn rendered(template: &str, value: &str) -> Option<(String, UrlStart)> {
    let mut scope = Scope::new();
    scope.set("v", value);
    let rendered = Templates::shared().render_url(template, &scope, &moment());
    rendered.ok().map(|url| (url.text, url.start))
}

fn origin(address: &str) -> Option<Origin> {
    Origin::of(&Url::parse(address).ok()?)
}

/// In an address of text and plain values, each value stands where it was put: there are as many segments, query
/// parameters and fragments as with any other value.
fn keeps_its_parts(template: &str, value: &str, address: &str) {
    let starts_with_value = template.starts_with(PLAIN);
    if starts_with_value || !is_literal(&template.replace(PLAIN, "")) || value.is_empty() {
        return;
    }
    // Digits can stand in a host and in a port, too.
    let Some((harmless, _)) = rendered(template, "1") else {
        return;
    };
    let (Some(url), Some(harmless)) = (below_a_base(address), below_a_base(&harmless)) else {
        return;
    };
    assert_eq!(
        url.path().split('/').count(),
        harmless.path().split('/').count(),
        "{url} and {harmless}"
    );
    let parameters = |url: &Url| url.query().map(|query| query.split('&').count());
    assert_eq!(parameters(&url), parameters(&harmless), "{url}");
    assert_eq!(
        url.fragment().is_some(),
        harmless.fragment().is_some(),
        "{url}"
    );
}

/// The whole address, where it is one that is called.
fn below_a_base(address: &str) -> Option<Url> {
    let url = if address.starts_with('/') {
        Url::parse(&format!("https://api.example{address}"))
    } else {
        Url::parse(address)
    };
    url.ok().filter(|url| Origin::of(url).is_some())
}
