//! Forms of a page, as far as a script has to fill them in.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// A form with its fields and buttons in the order of the page.
#[derive(Debug, Default)]
pub(super) struct Form {
    id: String,
    /// Where it goes; empty where that is the page itself.
    pub action: String,
    pub fields: Vec<Field>,
    pub buttons: Vec<Button>,
}

#[derive(Debug)]
pub(super) struct Field {
    pub kind: String,
    pub name: String,
    pub value: String,
}

#[derive(Debug)]
pub(super) struct Button {
    pub name: String,
    pub value: String,
}

/// All forms of a page. A button outside of its form names it by `form`.
pub(super) fn forms(html: &str) -> Vec<Form> {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(Tags::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.forms.into_inner()
}

#[derive(Debug, Default)]
struct Tags {
    forms: RefCell<Vec<Form>>,
}

impl TokenSink for Tags {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        if let Token::TagToken(tag) = token
            && tag.kind == TagKind::StartTag
        {
            self.note(&tag);
        }
        TokenSinkResult::Continue
    }
}

impl Tags {
    fn note(&self, tag: &Tag) {
        let mut forms = self.forms.borrow_mut();
        let name = attribute(tag, "name").unwrap_or_default();
        let value = attribute(tag, "value").unwrap_or_default();
        match &*tag.name {
            "form" => forms.push(Form {
                id: attribute(tag, "id").unwrap_or_default(),
                action: attribute(tag, "action").unwrap_or_default(),
                ..Form::default()
            }),
            "input" => {
                let kind = attribute(tag, "type").unwrap_or_else(|| "text".to_owned());
                if let Some(form) = owner(&mut forms, tag) {
                    form.fields.push(Field { kind, name, value });
                }
            }
            "button" => {
                if let Some(form) = owner(&mut forms, tag) {
                    form.buttons.push(Button { name, value });
                }
            }
            _ => {}
        }
    }
}

fn owner<'forms>(forms: &'forms mut [Form], tag: &Tag) -> Option<&'forms mut Form> {
    match attribute(tag, "form") {
        Some(id) => forms.iter_mut().find(|form| form.id == id),
        None => forms.last_mut(),
    }
}

fn attribute(tag: &Tag, name: &str) -> Option<String> {
    let found = tag.attrs.iter().find(|other| &*other.name.local == name)?;
    Some(found.value.to_string())
}

#[cfg(test)]
mod tests {
    use super::forms;

    #[test]
    fn fields_and_buttons_belong_to_their_form() {
        let found = forms(
            r#"<form id="a" action="/go?x=1&amp;y=2"><input type="hidden" name="h" value="&quot;1&quot;"><input name="t"></form>
               <form id="b"><noscript><button>Go</button></noscript></form>
               <button form="a" name="abort" value="yes">No</button>"#,
        );
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].action, "/go?x=1&y=2");
        let fields: Vec<_> = found[0]
            .fields
            .iter()
            .map(|field| (&*field.kind, &*field.name, &*field.value))
            .collect();
        assert_eq!(fields, [("hidden", "h", "\"1\""), ("text", "t", "")]);
        assert_eq!(found[0].buttons[0].name, "abort");
        assert_eq!(found[1].buttons.len(), 1);
    }
}
