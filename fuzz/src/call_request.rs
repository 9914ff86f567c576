//! A request that a person typed for `latchwork call`, on top of a base URL out of a file: it is sent as it was
//! typed, to the base URL's own origin, or it is refused.
//!
//! The first line is the base URL, the second `METHOD PATH`; of the others those with `: ` in them are headers, all
//! else is `NAME=VALUE` for the query.

use latchwork_engine::fuzzing::Sent;
use latchwork_engine::template::Scope;
use latchwork_model::{Connector, ConnectorKind, Parameter, Request, Template};
use url::Url;

use crate::input::text;

/// A base URL and a request.
pub fn run(data: &[u8]) {
    let text = text(data);
    let mut lines = text.split('\n');
    let (base, target) = (lines.next(), lines.next());
    let Some((method, path)) = target.and_then(|target| target.split_once(' ')) else {
        return;
    };
    // What is typed is data; the base URL of a file may be a template, which is another target's.
    let base = base.unwrap_or_default();
    let Ok(home) = Url::parse(base.trim()) else {
        return;
    };
    let base = Template::literal(base);
    let connector = Connector::new("Acme", ConnectorKind::Rest, base.as_str());
    let mut request = Request::new(method, Template::literal(path));
    for line in lines {
        let list = if line.contains(": ") {
            &mut request.headers
        } else {
            &mut request.query
        };
        let pair = line.split_once(": ").or_else(|| line.split_once('='));
        if let Some((name, value)) = pair {
            list.push(Parameter::new(
                Template::literal(name),
                Template::literal(value),
            ));
        }
    }
    let Ok(sent) = Sent::prepare(&connector, &request, &Scope::new()) else {
        return;
    };
    assert_eq!(sent.method.as_str(), method, "another method");
    assert_eq!(sent.url.origin(), home.origin(), "{}", sent.url);
    assert_eq!(sent.url.fragment(), None, "{}", sent.url);
    for (name, value) in &sent.headers {
        assert!(!value.as_bytes().contains(&b'\n'), "{name}");
    }
    if path.starts_with('/') {
        let below = home.path().trim_end_matches('/');
        assert!(
            sent.url.path().starts_with(below) || path.contains(['.', '%', '\t', '\r']),
            "{} is not below {home}",
            sent.url
        );
    }
    let given = request.query.len();
    let parameters = sent.url.query().map_or(0, |query| query.split('&').count());
    assert!(parameters >= given, "{parameters} of {given} are sent");
}
