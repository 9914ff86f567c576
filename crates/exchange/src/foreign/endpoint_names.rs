//! Ids and names of endpoints, made of what people wrote elsewhere. What stands for a credential in an address that is
//! written as a name is left out.

use std::borrow::Cow;

use super::secrets::is_credential;

use crate::unique_names::Unique;

/// The longest id that is made of words.
const LONGEST_ID: usize = 48;

/// The longest name that is kept.
const LONGEST_NAME: usize = 160;

/// Ids that are taken.
#[derive(Debug, Default)]
pub(crate) struct EndpointNames(Unique);

impl EndpointNames {
    /// An id of these words, `[a-z][a-z0-9_]*`, that no other has.
    pub fn id(&mut self, words: &str) -> String {
        let wanted = identifier(&without_credentials(words));
        self.0.take(wanted.as_deref().unwrap_or("endpoint"))
    }

    /// Whether an id of these words is free.
    pub fn is_free(&self, words: &str) -> bool {
        identifier(&without_credentials(words)).is_some_and(|id| !self.0.is_taken(&id))
    }

    /// A name as it is shown: one line, cut.
    pub fn name(words: &str) -> String {
        let words = without_credentials(words);
        let name: Vec<&str> = words
            .split(|character: char| character.is_whitespace() || character.is_control())
            .filter(|word| !word.is_empty())
            .collect();
        name.join(" ").chars().take(LONGEST_NAME).collect()
    }
}

/// `GET /x?api_key=…`: a name is often an address with all that is in it.
fn without_credentials(words: &str) -> Cow<'_, str> {
    let is_end = |character: char| character.is_whitespace() || "?&;#".contains(character);
    if !words.contains('=') {
        return Cow::Borrowed(words);
    }
    let mut kept = String::new();
    for part in words.split_inclusive(is_end) {
        match part.split_once('=') {
            Some((name, value)) if is_credential(name) => {
                kept.extend([name, "=…"]);
                kept.push_str(&value[value.trim_end_matches(is_end).len()..]);
            }
            _ => kept.push_str(part),
        }
    }
    Cow::Owned(kept)
}

/// Words as `[a-z][a-z0-9_]*`: `listContacts (v2)` is `list_contacts_v2`. None where no letter is in them.
pub(crate) fn identifier(words: &str) -> Option<String> {
    let mut id = String::new();
    let mut before = ' ';
    for character in words.chars() {
        let hump = character.is_ascii_uppercase() && before.is_ascii_lowercase();
        if (hump || !character.is_ascii_alphanumeric()) && !id.is_empty() && !id.ends_with('_') {
            id.push('_');
        }
        if character.is_ascii_alphanumeric() {
            id.push(character.to_ascii_lowercase());
        }
        before = character;
        if id.len() >= LONGEST_ID {
            break;
        }
    }
    let id = id.trim_matches('_');
    let start = id.find(|character: char| character.is_ascii_lowercase())?;
    // `2fa_codes` begins with a digit, which an id cannot.
    let id = if start == 0 {
        id.to_owned()
    } else {
        format!("call_{id}")
    };
    Some(id)
}

#[cfg(test)]
mod tests {
    use super::{EndpointNames, identifier};

    #[test]
    fn words_become_ids() {
        for (words, id) in [
            ("List contacts", "list_contacts"),
            ("getContactById", "get_contact_by_id"),
            ("GET /v1/users/{id}", "get_v1_users_id"),
            ("2FA codes", "call_2fa_codes"),
            ("  --  Ünder  ", "nder"),
            ("HTTPStatus", "httpstatus"),
        ] {
            assert_eq!(identifier(words).as_deref(), Some(id), "{words}");
        }
        assert_eq!(identifier("42"), None);
        assert_eq!(identifier("日本"), None);
    }

    #[test]
    fn an_address_as_a_name_keeps_its_credentials_to_itself() {
        let words = "GET https://a.example/x?flag&api_key=abc-SECRET&page=2 now";
        assert_eq!(
            EndpointNames::name(words),
            "GET https://a.example/x?flag&api_key=…&page=2 now"
        );
        let mut names = EndpointNames::default();
        assert!(names.is_free(words));
        assert_eq!(names.id("/x?token=abc"), "x_token");
        assert_eq!(EndpointNames::name("a = b"), "a = b");
    }

    #[test]
    fn ids_are_unique_however_they_are_numbered() {
        let mut names = EndpointNames::default();
        let ids: Vec<String> = ["a", "a 2", "a", "a", "日本", "日本"]
            .iter()
            .map(|words| names.id(words))
            .collect();
        assert_eq!(ids, ["a", "a_2", "a_3", "a_4", "endpoint", "endpoint_2"]);
    }
}
