//! Servers: the base URL, with the variables of its address.

use latchwork_model::{Origin, Template};
use serde_json::Value;
use url::Url;

use super::document::{Found, member_list, member_object, member_text};
use super::naming::{before_expression, line, member_name, path};
use super::remarks::listed_first;
use super::variables::Variables;
use crate::note::{NoteKind, Notes};

/// Where the API is.
pub(super) struct Server {
    /// The base URL, or what stands for one.
    pub template: Template,
    /// The same, where nothing in it is left open.
    pub url: Option<Url>,
    /// Whether a person has to say where the API is, or part of it.
    pub open: bool,
    /// The path of a base URL whose host is open.
    below: Option<String>,
}

impl Server {
    /// The first of a document's servers that can be called. The others are named in a note.
    pub fn of_document<'a>(
        root: &'a Value,
        variables: &mut Variables,
        notes: &mut Notes,
    ) -> Found<'a, Self> {
        let servers = member_list(root, "servers")?.map_or(&[][..], Vec::as_slice);
        let mut addresses = Vec::new();
        for server in servers {
            addresses.push((
                server,
                member_text(server, "url")?.unwrap_or_default().trim(),
            ));
        }
        let chosen = addresses.iter().position(|(_, url)| is_whole(url));
        if let Some(index) = chosen {
            let others: Vec<&str> = addresses
                .iter()
                .enumerate()
                .filter(|(other, (_, url))| *other != index && !url.is_empty())
                .map(|(_, (_, url))| *url)
                .collect();
            if !others.is_empty() {
                notes.add(
                    NoteKind::LeftOut,
                    format!(
                        "The document names other servers, which are not used: {}. Change the base URL for one of them.",
                        listed_first(&others)
                    ),
                );
            }
            let (server, url) = addresses[index];
            return read(server, url, variables, notes);
        }
        let relative = addresses
            .iter()
            .map(|(_, url)| *url)
            .find(|url| is_relative(url));
        let name = path(
            "vars",
            &variables.add(
                "server",
                None,
                "Where the API is, such as https://api.example.com.",
            ),
        );
        let below = relative.unwrap_or_default().trim_end_matches('/');
        notes.add(
            NoteKind::Missing,
            match addresses.first() {
                Some((_, url)) if relative.is_none() && !url.is_empty() => format!(
                    "The server `{}` is no http or https address: give the variable `server` the API's.",
                    super::error::cut(url)
                ),
                _ => "The document does not say on which host the API is: give the variable `server` its address, \
                      such as https://api.example.com."
                    .to_owned(),
            },
        );
        Ok(Self {
            template: format!("{{{{ {name} }}}}{}", Template::literal(below)).into(),
            url: None,
            open: true,
            below: Some(below.to_owned()),
        })
    }

    /// The address of servers that stand beside a path or an operation; nothing where it is not whole.
    pub fn of_place(
        &self,
        servers: &Value,
        variables: &mut Variables,
        notes: &mut Notes,
    ) -> Option<Self> {
        let servers = servers.as_array()?;
        for server in servers {
            let Ok(Some(url)) = member_text(server, "url") else {
                continue;
            };
            let url = url.trim();
            if is_whole(url) {
                return read(server, url, variables, notes).ok();
            }
            if is_relative(url)
                && let Some(base) = &self.url
            {
                let joined = base.join(url).ok()?;
                return Some(Self {
                    template: Template::literal(joined.as_str().trim_end_matches('/')),
                    url: Some(joined),
                    open: false,
                    below: None,
                });
            }
        }
        None
    }

    /// An address that may be written from here: whole as it is, or below this server.
    pub fn address(&self, text: &str) -> Option<Template> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        if let Ok(url) = Url::parse(text) {
            return Origin::of(&url).map(|_| Template::literal(text));
        }
        if text.contains("://") {
            return None;
        }
        if let Some(base) = &self.url {
            let joined = base.join(text).ok()?;
            Origin::of(&joined).map(|_| Template::literal(joined.as_str()))
        } else {
            let unknown = format!(
                "https://server.invalid{}",
                self.below.as_deref().unwrap_or_default()
            );
            let is_whole_path = text.starts_with('/');
            let joined = Url::parse(&unknown).ok()?.join(text).ok()?;
            if joined.host_str() != Some("server.invalid") || self.below.is_none() && !is_whole_path
            {
                return None;
            }
            let start = latchwork_model::origin_part(self.template.as_str())?;
            let path = &joined[url::Position::BeforePath..];
            Some(format!("{start}{}", Template::literal(path)).into())
        }
    }
}

/// Whether an address names its host, or may by its variables.
fn is_whole(url: &str) -> bool {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let is_odd =
        |character: char| character == '\\' || character.is_whitespace() || character.is_control();
    if url.contains(is_odd) {
        return false;
    }
    let mut plain = String::new();
    let mut rest = url;
    while let Some((before, name, behind)) = placeholder(rest) {
        if name.contains(['/', '@', ':']) {
            return false;
        }
        plain.push_str(before);
        plain.push('1');
        rest = behind;
    }
    plain.push_str(rest);
    if url.starts_with('{') && plain.starts_with('1') {
        // `{server}/v1`, `{scheme}://…`: the scheme comes from the variable.
        return !plain.contains("://") || Url::parse(&format!("https{}", &plain[1..])).is_ok();
    }
    let is_http = plain.split_once("://").is_some_and(|(scheme, _)| {
        scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
    });
    is_http && Url::parse(&plain).is_ok_and(|url| Origin::of(&url).is_some())
}

fn is_relative(url: &str) -> bool {
    (url.is_empty() || url.starts_with('/') || url.starts_with('.'))
        && !url.starts_with("//")
        && !url.contains("://")
        && !url.contains(['?', '#', '{', '\\'])
        && !url.contains("..")
        || url == "."
}

fn read<'a>(
    server: &'a Value,
    url: &str,
    variables: &mut Variables,
    notes: &mut Notes,
) -> Found<'a, Server> {
    let url = without_parts(url, notes);
    let described = member_object(server, "variables")?;
    let mut template = String::new();
    let mut rest = url.as_str();
    let mut open = false;
    while let Some((before, name, behind)) = placeholder(rest) {
        template.push_str(&before_expression(before));
        let variable = described.and_then(|described| described.get(name));
        let default = variable
            .and_then(|variable| variable.get("default"))
            .and_then(scalar_text)
            // No host is empty: such a default says that there is none.
            .filter(|default| !default.is_empty() || !is_authority(&template));
        open |= default.is_none();
        if default.is_none() {
            notes.add(
                NoteKind::Missing,
                format!(
                    "The server's `{{{}}}` has no default: give the variable its value.",
                    super::error::cut(name)
                ),
            );
        }
        let known = member_name(name).unwrap_or_default();
        let known = variables.add(&known, default.as_deref(), &describe(variable));
        // A value of several segments keeps its slashes.
        let slashes =
            default.is_some_and(|default| default.contains('/')) && template.contains("://");
        let filter = if slashes { " | safe" } else { "" };
        template.push_str(&format!("{{{{ {}{filter} }}}}", path("vars", &known)));
        rest = behind;
    }
    template.push_str(Template::literal(rest).as_str());
    let is_literal = rest.len() == url.len();
    let template = Template::from(template.trim_end_matches('/'));
    Ok(Server {
        url: is_literal.then(|| Url::parse(&url).ok()).flatten(),
        template,
        open,
        below: None,
    })
}

/// An address without credentials, query and fragment, which a base URL does not have.
fn without_parts(url: &str, notes: &mut Notes) -> String {
    let cut = url.split(['?', '#']).next().unwrap_or_default();
    if cut.len() < url.len() {
        notes.add(
            NoteKind::Changed,
            "What stood behind `?` or `#` in the server's address was left out.",
        );
    }
    let Some((scheme, rest)) = cut.split_once("://") else {
        return cut.to_owned();
    };
    let (authority, behind) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    match authority.rsplit_once('@') {
        Some((_, host)) => {
            notes.add(
                NoteKind::Secret,
                "The server's address held credentials, which were left out.",
            );
            format!("{scheme}://{host}{behind}")
        }
        None => cut.to_owned(),
    }
}

/// The first `{name}`: what stands before it, its name, what stands behind it.
pub(super) fn placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let start = text.find('{')?;
    let (before, inside) = (&text[..start], &text[start + 1..]);
    let end = inside.find('}')?;
    // `{{x}}` and `{a{b}` begin at the last brace.
    match inside[..end].rfind('{') {
        Some(inner) => {
            let name = &inside[inner + 1..end];
            Some((&text[..=start + inner], name, &inside[end + 1..]))
        }
        None => Some((before, &inside[..end], &inside[end + 1..])),
    }
}

/// Whether what follows an address's beginning is still its scheme, host or port.
fn is_authority(start: &str) -> bool {
    match start.split_once("://") {
        Some((_, authority)) => !authority.contains('/'),
        None => true,
    }
}

fn describe(variable: Option<&Value>) -> String {
    let text = variable
        .and_then(|variable| variable.get("description"))
        .and_then(Value::as_str)
        .map(|text| line(text, 200))
        .unwrap_or_default();
    let choices: Vec<String> = variable
        .and_then(|variable| variable.get("enum"))
        .and_then(Value::as_array)
        .map(|choices| choices.iter().take(20).filter_map(scalar_text).collect())
        .unwrap_or_default();
    match (text.as_str(), choices.as_slice()) {
        (_, []) => text,
        ("", choices) => format!("One of {}.", line(&choices.join(", "), 200)),
        (text, choices) => format!("{text} (one of {})", line(&choices.join(", "), 200)),
    }
}

/// A text, a number or a boolean as text.
pub(super) fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}
