//! Security requirements: which schemes the document's operations ask for, and which of them the connector takes.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::document::{Document, Found, member_list, object};
use super::error::{Fault, cut};
use super::operations::Operation;
use super::remarks::listed_first;
use super::schemes::{KeyPlace, Scheme, SchemeKind};
use crate::note::{NoteKind, Notes};

/// How many alternatives are looked at.
const ALTERNATIVES: usize = 200;

/// What the connector's sign-in is to be.
pub(super) struct Chosen<'a> {
    /// The schemes, all of them at once.
    pub schemes: Vec<Scheme<'a>>,
    /// The scopes that are asked for, by scheme.
    scopes: HashMap<&'a str, Vec<&'a str>>,
    /// No operation asks for it: it is taken because the document describes it.
    assumed: bool,
}

/// One way to be let in: scheme names in the order of the document, and how often it is asked for.
struct Alternative<'a> {
    names: Vec<&'a str>,
    at: &'a Value,
    count: usize,
}

impl<'a> Chosen<'a> {
    /// Looks at what all operations ask for, and takes what serves most of them; of equals the first.
    pub fn of(
        document: &Document<'a>,
        operations: &[Operation<'a>],
        notes: &mut Notes,
    ) -> Found<'a, Self> {
        let mut alternatives: Vec<Alternative<'a>> = Vec::new();
        let mut scopes: HashMap<&'a str, Vec<&'a str>> = HashMap::new();
        let mut seen: HashMap<Vec<&'a str>, usize> = HashMap::new();
        let mut optional = false;
        let of_document = document.root().get("security");
        // Where there are no operations, what the document asks for still says how one signs in.
        let asked = operations
            .iter()
            .map(|operation| operation.security)
            .chain(operations.is_empty().then_some(of_document));
        for requirements in asked.flatten() {
            for requirement in list(requirements)? {
                let members = object(requirement)?;
                document.spend(requirement, members.len() as u64)?;
                for (name, wanted) in members {
                    let known = scopes.entry(name).or_default();
                    for scope in wanted.as_array().map_or(&[][..], Vec::as_slice) {
                        let scope = scope
                            .as_str()
                            .ok_or_else(|| Fault::expected(scope, "a text"))?;
                        if known.len() < ALTERNATIVES && !known.contains(&scope) {
                            known.push(scope);
                        }
                    }
                }
                if members.is_empty() {
                    optional = true;
                    continue;
                }
                let names: Vec<&str> = members.keys().map(String::as_str).collect();
                let mut key = names.clone();
                key.sort_unstable();
                let next = alternatives.len();
                let index = *seen.entry(key).or_insert(next);
                match alternatives.get_mut(index) {
                    Some(alternative) => alternative.count += 1,
                    None if next < ALTERNATIVES => alternatives.push(Alternative {
                        names,
                        at: requirement,
                        count: 1,
                    }),
                    None => {}
                }
            }
        }
        let mut chosen = choose(document, &alternatives, notes)?;
        let mut assumed = false;
        if alternatives.is_empty()
            && !optional
            && let Some(scheme) = Scheme::first(document)?
        {
            notes.add(
                NoteKind::Changed,
                format!(
                    "No operation says how it is signed in to: {} is used for all, since the document describes it.",
                    scheme.title()
                ),
            );
            chosen = vec![scheme];
            assumed = true;
        }
        Ok(Self {
            schemes: chosen,
            scopes,
            assumed,
        })
    }

    /// The scopes that operations ask for.
    pub fn scopes(&self, scheme: &str) -> &[&'a str] {
        self.scopes.get(scheme).map_or(&[], Vec::as_slice)
    }

    /// Whether an operation asks for no sign-in, or for another one.
    pub fn fits(&self, requirements: Option<&Value>) -> Fit {
        if self.assumed {
            return Fit::SignedIn;
        }
        let alternatives = requirements
            .and_then(Value::as_array)
            .map_or(&[][..], Vec::as_slice);
        let names: HashSet<&str> = self.schemes.iter().map(|scheme| scheme.name).collect();
        let mut open = alternatives.is_empty();
        for alternative in alternatives {
            let Some(members) = alternative.as_object() else {
                continue;
            };
            if members.is_empty() {
                open = true;
            } else if members.keys().all(|name| names.contains(name.as_str())) {
                return Fit::SignedIn;
            }
        }
        if open { Fit::Open } else { Fit::Other }
    }

    /// Whether the sign-in sends this parameter by itself.
    pub fn sends(&self, place: &str, name: &str) -> bool {
        self.schemes.iter().any(|scheme| match &scheme.kind {
            SchemeKind::ApiKey {
                name: own,
                place: own_place,
            } => match own_place {
                KeyPlace::Query => place == "query" && *own == name,
                KeyPlace::Header => place == "header" && own.eq_ignore_ascii_case(name),
                KeyPlace::Cookie => place == "cookie" && *own == name,
            },
            _ => false,
        })
    }
}

/// How an operation stands to the connector's sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    SignedIn,
    Open,
    Other,
}

fn list(requirements: &Value) -> Found<'_, &[Value]> {
    match requirements {
        Value::Array(list) => Ok(list),
        Value::Null => Ok(&[]),
        other => Err(Fault::expected(other, "a list")),
    }
}

/// The security requirements of an operation: its own, else the document's.
pub(super) fn of_operation<'a>(
    root: &'a Value,
    operation: &'a Value,
) -> Found<'a, Option<&'a Value>> {
    for holder in [operation, root] {
        if member_list(holder, "security")?.is_some() {
            return Ok(holder.get("security"));
        }
    }
    Ok(None)
}

fn choose<'a>(
    document: &Document<'a>,
    alternatives: &[Alternative<'a>],
    notes: &mut Notes,
) -> Found<'a, Vec<Scheme<'a>>> {
    let mut best: Option<(usize, Vec<Scheme<'a>>)> = None;
    let mut others: Vec<(usize, String)> = Vec::new();
    for (index, alternative) in alternatives.iter().enumerate() {
        let mut schemes = Vec::new();
        for name in &alternative.names {
            schemes.push(Scheme::find(document, name, alternative.at)?);
        }
        if let Some(why) = cannot(&schemes) {
            notes.add(NoteKind::LeftOut, why);
            continue;
        }
        let better = best
            .as_ref()
            .is_none_or(|(best, _)| alternative.count > alternatives[*best].count);
        let (index, schemes) = if better {
            match best.replace((index, schemes)) {
                Some(before) => before,
                None => continue,
            }
        } else {
            (index, schemes)
        };
        others.push((index, titles(&schemes)));
    }
    others.sort_by_key(|(index, _)| *index);
    if !others.is_empty() {
        let others: Vec<String> = others.into_iter().map(|(_, title)| title).collect();
        notes.add(
            NoteKind::LeftOut,
            format!(
                "The API knows other ways to sign in, which are not used: {}.",
                listed_plain(&others)
            ),
        );
    }
    Ok(best.map(|(_, schemes)| schemes).unwrap_or_default())
}

/// Why schemes cannot be used together, or at all.
fn cannot(schemes: &[Scheme<'_>]) -> Option<String> {
    for scheme in schemes {
        if let SchemeKind::Cannot(why) = &scheme.kind {
            return Some(format!(
                "The sign-in `{}` is left out: {why}.",
                cut(scheme.name)
            ));
        }
    }
    let headers: Vec<&str> = schemes
        .iter()
        .filter(|scheme| scheme.takes_authorization())
        .map(|scheme| scheme.name)
        .collect();
    (headers.len() > 1).then(|| {
        format!(
            "{} are asked for at once, and all of them want the Authorization header: this way to sign in is left out.",
            listed_first(&headers)
        )
    })
}

/// What schemes are together, for people.
pub(super) fn titles(schemes: &[Scheme<'_>]) -> String {
    let titles: Vec<String> = schemes.iter().map(Scheme::title).collect();
    titles.join(" and ")
}

fn listed_plain(texts: &[String]) -> String {
    const SHOWN: usize = 5;
    let shown = texts.len().min(SHOWN);
    let mut listed = texts[..shown].join("; ");
    if texts.len() > shown {
        listed.push_str(&format!("; and {} more", texts.len() - shown));
    }
    listed
}
