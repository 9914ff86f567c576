//! The contacts: a small address book with a bound on its size.

use serde::{Deserialize, Serialize};

/// How many contacts there may be.
pub(crate) const LIMIT: usize = 500;
/// How many contacts a page holds.
pub(crate) const PAGE_SIZE: usize = 10;
/// How long a contact's field may be, in characters.
const FIELD_LIMIT: usize = 200;

/// A contact, as the API shows one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, async_graphql::SimpleObject)]
pub(crate) struct Contact {
    pub id: u32,
    pub name: String,
    pub email: Option<String>,
    pub company: Option<String>,
}

/// What a new contact is made of.
#[derive(Clone, Debug, Default, Deserialize, async_graphql::InputObject)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewContact {
    #[serde(default)]
    pub name: String,
    pub email: Option<String>,
    pub company: Option<String>,
}

impl NewContact {
    /// Name, e-mail address and company, each as it is kept.
    fn checked(self) -> Result<(String, Option<String>, Option<String>), ContactRefused> {
        let name = checked("name", Some(self.name))?.ok_or_else(|| ContactRefused::Invalid {
            field: "name",
            reason: "is missing or empty".to_owned(),
        })?;
        let email = checked("email", self.email)?;
        if let Some(email) = &email
            && !email
                .split_once('@')
                .is_some_and(|(user, host)| !user.is_empty() && host.contains('.'))
        {
            return Err(ContactRefused::Invalid {
                field: "email",
                reason: "is not an e-mail address, such as ada@harbour.example".to_owned(),
            });
        }
        Ok((name, email, checked("company", self.company)?))
    }
}

/// Why a contact was not added.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ContactRefused {
    #[error("`{field}` {reason}")]
    Invalid { field: &'static str, reason: String },
    #[error("the address book is full: it holds {LIMIT} contacts; delete one first")]
    Full,
}

/// A page of contacts.
#[derive(Clone, Debug, Serialize, async_graphql::SimpleObject)]
pub(crate) struct ContactPage {
    pub contacts: Vec<Contact>,
    /// Counted from 1.
    pub page: usize,
    pub pages: usize,
    pub total: usize,
}

/// All contacts, in the order of their ids.
#[derive(Debug)]
pub(crate) struct Contacts {
    contacts: Vec<Contact>,
    next_id: u32,
}

impl Contacts {
    /// The contacts that are there from the start.
    pub fn seeded() -> Self {
        let mut contacts = Self {
            contacts: Vec::new(),
            next_id: 1001,
        };
        for (name, company) in SEED {
            let email = format!(
                "{}@{}.example",
                name.to_lowercase().replace(' ', "."),
                slug(company)
            );
            contacts.push((*name).to_owned(), Some(email), Some((*company).to_owned()));
        }
        contacts
    }

    /// The contacts whose name, address or company holds the query, a page of them.
    pub fn page(&self, query: &str, page: usize) -> ContactPage {
        let query = query.trim().to_lowercase();
        let holds = |text: &str| text.to_lowercase().contains(&query);
        let found: Vec<&Contact> = self
            .contacts
            .iter()
            .filter(|contact| {
                holds(&contact.name)
                    || contact.email.as_deref().is_some_and(holds)
                    || contact.company.as_deref().is_some_and(holds)
            })
            .collect();
        let start = page.saturating_sub(1).saturating_mul(PAGE_SIZE);
        ContactPage {
            contacts: found
                .iter()
                .skip(start)
                .take(PAGE_SIZE)
                .copied()
                .cloned()
                .collect(),
            page,
            pages: found.len().div_ceil(PAGE_SIZE),
            total: found.len(),
        }
    }

    /// The contact with this id.
    pub fn get(&self, id: u32) -> Option<Contact> {
        self.contacts
            .iter()
            .find(|contact| contact.id == id)
            .cloned()
    }

    /// Adds a contact.
    pub fn add(&mut self, new: NewContact) -> Result<Contact, ContactRefused> {
        let (name, email, company) = new.checked()?;
        if self.contacts.len() >= LIMIT {
            return Err(ContactRefused::Full);
        }
        Ok(self.push(name, email, company))
    }

    /// Gives a contact other contents; nothing where there is none with this id.
    pub fn replace(&mut self, id: u32, new: NewContact) -> Result<Option<Contact>, ContactRefused> {
        let (name, email, company) = new.checked()?;
        let found = self.contacts.iter_mut().find(|contact| contact.id == id);
        Ok(found.map(|contact| {
            *contact = Contact {
                id,
                name,
                email,
                company,
            };
            contact.clone()
        }))
    }

    /// Deletes a contact; false where there is none.
    pub fn delete(&mut self, id: u32) -> bool {
        let before = self.contacts.len();
        self.contacts.retain(|contact| contact.id != id);
        self.contacts.len() < before
    }

    fn push(&mut self, name: String, email: Option<String>, company: Option<String>) -> Contact {
        let contact = Contact {
            id: self.next_id,
            name,
            email,
            company,
        };
        self.next_id = self.next_id.saturating_add(1);
        self.contacts.push(contact.clone());
        contact
    }
}

/// A field without the blanks around it; nothing where it is empty.
fn checked(field: &'static str, value: Option<String>) -> Result<Option<String>, ContactRefused> {
    let Some(value) = value else { return Ok(None) };
    let value = value.trim();
    if value.chars().count() > FIELD_LIMIT {
        return Err(ContactRefused::Invalid {
            field,
            reason: format!("is longer than {FIELD_LIMIT} characters"),
        });
    }
    Ok((!value.is_empty()).then(|| value.to_owned()))
}

fn slug(company: &str) -> String {
    company
        .to_lowercase()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect()
}

const SEED: &[(&str, &str)] = &[
    ("Ada Anchor", "Lighthouse Ltd"),
    ("Bram Bowline", "Tidewater"),
    ("Carla Capstan", "Lighthouse Ltd"),
    ("Dov Dinghy", "Quayside Foods"),
    ("Esi Estuary", "Tidewater"),
    ("Finn Fathom", "Deep Blue Survey"),
    ("Greta Galley", "Quayside Foods"),
    ("Hugo Halyard", "Sail and Sons"),
    ("Ines Inlet", "Tidewater"),
    ("Jonas Jetty", "Pier Works"),
    ("Kira Keelson", "Sail and Sons"),
    ("Liam Ledger", "Harbour Office"),
    ("Mina Mooring", "Pier Works"),
    ("Noor Nautilus", "Deep Blue Survey"),
    ("Otto Oar", "Sail and Sons"),
    ("Pia Pontoon", "Pier Works"),
    ("Quinn Quay", "Quayside Foods"),
    ("Rosa Rudder", "Sail and Sons"),
    ("Sven Sextant", "Deep Blue Survey"),
    ("Tara Tiller", "Sail and Sons"),
    ("Uwe Undertow", "Deep Blue Survey"),
    ("Vera Vessel", "Harbour Office"),
    ("Wim Windlass", "Pier Works"),
    ("Yara Yawl", "Harbour Office"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_address_book_says_so_and_takes_no_more() {
        let mut contacts = Contacts::seeded();
        let new = || NewContact {
            name: "Zed".to_owned(),
            ..NewContact::default()
        };
        while contacts.contacts.len() < LIMIT {
            contacts.add(new()).expect("there is room");
        }
        assert_eq!(contacts.add(new()), Err(ContactRefused::Full));
        assert_eq!(contacts.contacts.len(), LIMIT);
    }

    #[test]
    fn an_id_is_never_given_twice() {
        let mut contacts = Contacts::seeded();
        let new = || NewContact {
            name: "Zed".to_owned(),
            ..NewContact::default()
        };
        let first = contacts.add(new()).expect("there is room");
        assert!(contacts.delete(first.id));
        assert_ne!(contacts.add(new()).expect("there is room").id, first.id);
    }

    #[test]
    fn a_page_far_beyond_the_last_is_empty() {
        assert!(Contacts::seeded().page("", usize::MAX).contacts.is_empty());
    }
}
