//! Bounds on a template's text, checked before it is parsed.
//!
//! minijinja reads `1+1+1+…` in a loop and then walks the tree it made by recursion, so that a long enough
//! expression would end the process. Counting tokens first costs one pass and keeps every tree shallow.

use minijinja::machinery::{Token, Tokenizer};

use super::{SyntaxError, syntax};

/// The longest template, in bytes.
const LONGEST: usize = 4 << 20;
/// The most tokens between `{{` and `}}`, or between `{%` and `%}`: no tree is deeper than that.
const TOKENS_A_TAG: usize = 500;
/// The most `{{ … }}` and `{% … %}` in a template.
const TAGS: usize = 4_000;
/// The most `elif` in a template: each nests in the one before.
const ELIFS: usize = 60;
/// The most brackets open at once. minijinja lets 150 be, which a worker's stack of 2 MiB does not always hold.
const BRACKETS: usize = 40;

/// Refuses a template that is too large to be read safely.
pub(super) fn check(template: &str) -> Result<(), SyntaxError> {
    if template.len() > LONGEST {
        return Err(SyntaxError::new(template, 0..0, "it is longer than 4 MiB"));
    }
    let mut tokenizer = Tokenizer::new(template, "template", false, syntax());
    let (mut tags, mut tokens, mut elifs, mut brackets) = (0_usize, 0_usize, 0_usize, 0_usize);
    // A fault of the text itself is left to the parser, which words it better.
    while let Ok(Some((token, span))) = tokenizer.next_token() {
        match token {
            Token::VariableStart | Token::BlockStart => {
                tags += 1;
                tokens = 0;
                brackets = 0;
            }
            Token::TemplateData(_) => {}
            Token::Ident("elif") => elifs += 1,
            token => {
                tokens += 1;
                match token {
                    Token::ParenOpen | Token::BracketOpen | Token::BraceOpen => brackets += 1,
                    Token::ParenClose | Token::BracketClose | Token::BraceClose => {
                        brackets = brackets.saturating_sub(1);
                    }
                    _ => {}
                }
            }
        }
        let fault = if tokens > TOKENS_A_TAG {
            "the expression is too long: set parts of it apart with `{% set … %}`"
        } else if tags > TAGS {
            "it has more than 4,000 expressions and statements"
        } else if brackets > BRACKETS {
            "its brackets are nested too deeply"
        } else if elifs > ELIFS {
            "it has more than 60 `elif`"
        } else {
            continue;
        };
        return Err(SyntaxError::new(
            template,
            span.start_offset as usize..span.end_offset as usize,
            fault,
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn what_people_write_passes() {
        let list = format!("{{{{ [{}] }}}}", vec!["1"; 200].join(","));
        assert!(check(&list).is_ok());
        assert!(check(&"{{ a.b }} text ".repeat(1_000)).is_ok());
    }

    #[test]
    fn z28_endless_chains_are_refused_before_they_are_parsed() {
        for chain in [
            "+1",
            ".a",
            "|upper",
            "**2",
            " if a else 1",
            "[0]",
            " and 1",
            "~''",
        ] {
            let template = format!("{{{{ 1{} }}}}", chain.repeat(50_000));
            assert!(check(&template).is_err(), "{chain}");
        }
        for chain in ["not ", "-", "(", "["] {
            assert!(
                check(&format!("{{{{ {}1 }}}}", chain.repeat(50_000))).is_err(),
                "{chain}"
            );
        }
        assert!(
            check(&format!(
                "{{% if a %}}{}{{% endif %}}",
                "{% elif a %}".repeat(1_000)
            ))
            .is_err()
        );
        assert!(check(&"{{ a }}".repeat(5_000)).is_err());
    }
}
