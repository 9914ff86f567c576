//! Where an expression stands in the text, from its first to its last token.
//!
//! Offsets follow from leaves where minijinja's own spans are loose: a comparison's span starts at the token
//! before it, a filter's at its own name, and brackets around an expression are in no span.

use std::collections::HashSet;
use std::ops::Range;

use minijinja::machinery::Span;
use minijinja::machinery::ast::{Expr, UnaryOpKind};

/// From the first to the last token of an expression. Brackets around it, or around what it starts with, may
/// be left out: whatever is put around this text sits in the same brackets, so the meaning is the same.
pub(super) fn extent(template: &str, expression: &Expr<'_>) -> Range<usize> {
    first(template, expression)..expression.span().end_offset as usize
}

/// Where the first token of an expression starts.
fn first(template: &str, expression: &Expr<'_>) -> usize {
    match expression {
        Expr::GetAttr(lookup) => first(template, &lookup.expr),
        Expr::GetItem(lookup) => first(template, &lookup.expr),
        Expr::Slice(slice) => first(template, &slice.expr),
        Expr::BinOp(operation) => first(template, &operation.left),
        Expr::Compare(chained) => first(template, &chained.expr),
        Expr::IfExpr(choice) => first(template, &choice.true_expr),
        Expr::Filter(filter) => match &filter.expr {
            Some(input) => first(template, input),
            None => start_of(filter.span()),
        },
        Expr::Test(test) => first(template, &test.expr),
        Expr::Call(call) => first(template, &call.expr),
        // `a not in b` and `a is not b` are negations too, and start with their operand.
        Expr::UnaryOp(operation) if matches!(operation.op, UnaryOpKind::Not) => {
            let (own, operand) = (start_of(operation.span()), first(template, &operation.expr));
            if template
                .get(own..)
                .is_some_and(|text| text.starts_with("not"))
            {
                own.min(operand)
            } else {
                operand
            }
        }
        other => start_of(other.span()),
    }
}

pub(super) fn start_of(span: Span) -> usize {
    span.start_offset as usize
}

/// The names that an assignment makes; attributes (`ns.x`) make none.
pub(super) fn targets<'a>(target: &Expr<'a>, names: &mut HashSet<&'a str>) {
    match target {
        Expr::Var(variable) => {
            names.insert(variable.id);
        }
        Expr::List(list) => list.items.iter().for_each(|item| targets(item, names)),
        _ => {}
    }
}
