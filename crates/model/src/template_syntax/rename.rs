//! Changing a name in a template's text, and nothing else of it.

use minijinja::machinery::{Token, Tokenizer};

use super::{Analysis, ChainRoot, PathPart, syntax};

/// The template with every use of one name from outside changed into another; `None` where a use would then be one
/// of a variable of the template's own, which is called like the new name.
///
/// Only names in expressions are meant: not `x.login`, not text, not a string, and not a variable of the
/// template's own that is called the same. What cannot be read yet (it is being typed) is changed token by token.
pub fn rename_root(template: &str, from: &str, to: &str) -> Option<String> {
    if super::is_literal(template) || !template.contains(from) {
        return Some(template.to_owned());
    }
    let Ok(analysis) = Analysis::of(template) else {
        return Some(replaced(template, token_places(template, from), from, to));
    };
    let places = uses(&analysis, from);
    let expected = places.len() + uses(&analysis, to).len();
    let renamed = replaced(template, places, from, to);
    let is_taken = template.contains(to)
        && Analysis::of(&renamed).is_ok_and(|analysis| uses(&analysis, to).len() != expected);
    (!is_taken).then_some(renamed)
}

/// Where a name from outside is used.
fn uses(analysis: &Analysis, name: &str) -> Vec<usize> {
    let chains = analysis.chains.iter().filter(|chain| {
        chain.root == ChainRoot::Scope
            && matches!(chain.path.first(), Some(PathPart::Key(root)) if root == name)
    });
    let mut places: Vec<usize> = chains.map(|chain| chain.span.start).collect();
    places.sort_unstable();
    places.dedup();
    places
}

fn replaced(template: &str, places: Vec<usize>, from: &str, to: &str) -> String {
    let mut renamed = String::with_capacity(template.len() + places.len() * to.len());
    let mut copied = 0;
    for place in places {
        // A chain starts with its name, but for brackets around that: `(login).body`.
        let Some(found) = template.get(place..).filter(|rest| rest.starts_with(from)) else {
            continue;
        };
        renamed.push_str(&template[copied..place]);
        renamed.push_str(to);
        copied = template.len() - found.len() + from.len();
    }
    renamed.push_str(&template[copied..]);
    renamed
}

/// Where a name stands in a template that does not parse, as far as its tokens can be told.
fn token_places(template: &str, name: &str) -> Vec<usize> {
    let mut tokenizer = Tokenizer::new(template, "template", false, syntax());
    let mut places = Vec::new();
    let mut after_name_part = false;
    let mut pending = None;
    while let Ok(Some((token, span))) = tokenizer.next_token() {
        if let Some(place) = pending.take()
            && !matches!(token, Token::Assign)
        {
            places.push(place);
        }
        match token {
            Token::Ident(word) if word == name && !after_name_part => {
                pending = Some(span.start_offset as usize);
            }
            _ => {}
        }
        after_name_part = matches!(token, Token::Dot | Token::Pipe | Token::Ident("is"));
    }
    places.extend(pending);
    places
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::rename_root;
    use crate::template_syntax::lookups;

    fn renamed(template: &str) -> String {
        rename_root(template, "login", "sign_in").expect("it has no variables of that name")
    }

    #[test]
    fn references_are_renamed_everywhere() {
        assert_eq!(
            renamed("{{ login.body.token }}"),
            "{{ sign_in.body.token }}"
        );
        assert_eq!(
            renamed("{{login}} {{ (login).a }}"),
            "{{sign_in}} {{ (sign_in).a }}"
        );
        assert_eq!(
            renamed("{% if login.a == login['b'] %}{{ login.c|d(login.e) }}{% endif %}"),
            "{% if sign_in.a == sign_in['b'] %}{{ sign_in.c|d(sign_in.e) }}{% endif %}"
        );
        assert_eq!(
            renamed("{{ f.a[login.b] ~ {'login': login}.login }}"),
            "{{ f.a[sign_in.b] ~ {'login': sign_in}.login }}"
        );
        assert_eq!(
            renamed("{{ x | hmac('sha256', key=login.key) }}"),
            "{{ x | hmac('sha256', key=sign_in.key) }}"
        );
    }

    #[test]
    fn other_things_with_that_name_are_left() {
        for template in [
            "login",
            "{{ x.login }}",
            "{{ 'login' }}",
            "{{ \"{{ login }}\" }}",
            "{# login #}",
            "{{ login2 }}",
            "{% raw %}{{ login }}{% endraw %}",
            "{{ my_login.login }}",
            "{% set login = 1 %}{{ login }}",
            "{% for login in x %}{{ login.a }}{% endfor %}",
            "{{ x | json(login=1) }}",
            "{{ x['login'] }}",
        ] {
            assert_eq!(renamed(template), template);
        }
    }

    #[test]
    fn a_use_never_becomes_one_of_the_templates_own_variables() {
        for template in [
            "{% for sign_in in x %}{{ login.a }}{% endfor %}",
            "{% set sign_in = 1 %}{{ login }}",
            "{% macro m(sign_in) %}{{ login }}{% endmacro %}{{ m(1) }}",
        ] {
            assert_eq!(
                rename_root(template, "login", "sign_in"),
                None,
                "{template}"
            );
        }
        assert_eq!(
            renamed("{% for sign_in in login.list %}{{ sign_in }}{% endfor %}{{ sign_in }}"),
            "{% for sign_in in sign_in.list %}{{ sign_in }}{% endfor %}{{ sign_in }}"
        );
    }

    #[test]
    fn what_is_being_typed_is_renamed_as_far_as_it_can_be_told() {
        assert_eq!(
            renamed("{{ login.body }} {{ login.to"),
            "{{ sign_in.body }} {{ sign_in.to"
        );
        assert_eq!(
            renamed("{{ x.login | login(login=1, b=login"),
            "{{ x.login | login(login=1, b=sign_in"
        );
    }

    proptest! {
        #[test]
        fn renaming_there_and_back_changes_nothing(template in template_text()) {
            let there = rename_root(&template, "login", "zz_new").unwrap();
            if let Some(back) = rename_root(&there, "zz_new", "login") {
                prop_assert_eq!(back, template);
            }
        }

        #[test]
        fn renaming_leaves_no_use_of_the_old_name(template in template_text()) {
            let there = rename_root(&template, "login", "zz_new").unwrap();
            prop_assert!(lookups(&there).iter().all(|lookup| lookup.root() != "login"));
            prop_assert_eq!(lookups(&there).len(), lookups(&template).len());
        }

        #[test]
        fn nothing_panics(template in "\\PC*", piece in template_text()) {
            let _ = rename_root(&template, "login", "b");
            let _ = rename_root(&format!("{piece}{template}"), "login", "b");
            let _ = crate::template_syntax::parse_errors(&template);
            let _ = crate::template_syntax::literal_prefix(&template);
        }
    }

    fn template_text() -> impl Strategy<Value = String> {
        let token = prop_oneof![
            Just("login"),
            Just("."),
            Just("x"),
            Just(" "),
            Just("{{ "),
            Just(" }}"),
            Just("{% if "),
            Just(" %}"),
            Just("{% endif %}"),
            Just("'login'"),
            Just("|d("),
            Just(")"),
            Just("("),
            Just("["),
            Just("]"),
            Just(" ~ "),
            Just("login.body"),
            Just("{{ login.a }}"),
            Just("{% for login in y %}"),
            Just("{% endfor %}"),
            Just("ä"),
            Just("{% set login = 1 %}"),
            Just("{{ x.login }}"),
            Just(" is defined "),
            Just("{{ (login).b }}"),
        ];
        proptest::collection::vec(token, 0..14).prop_map(|tokens| tokens.concat())
    }
}
