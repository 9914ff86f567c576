//! The statements of a template: what they name, and what their conditions say of names.

use std::collections::HashSet;

use minijinja::machinery::ast::{BinOpKind, Expr, IfCond, Macro, Stmt, UnaryOpKind};

use super::Capture;
use super::extent::{start_of, targets};
use super::scan::Scanner;

impl<'a> Scanner<'a> {
    pub(super) fn statements(&mut self, statements: &[Stmt<'a>]) {
        for statement in statements {
            self.statement(statement);
        }
    }

    /// Reads statements that see more names than those around them.
    fn within(&mut self, names: impl IntoIterator<Item = &'a str>, body: &[Stmt<'a>]) {
        self.locals.push(names.into_iter().collect());
        self.statements(body);
        self.locals.pop();
    }

    fn statement(&mut self, statement: &Stmt<'a>) {
        match statement {
            Stmt::Template(template) => self.statements(&template.children),
            Stmt::EmitRaw(_) => {}
            Stmt::EmitExpr(emit) => self.expression(&emit.expr, false),
            Stmt::ForLoop(each) => {
                self.expression(&each.iter, false);
                let mut names = HashSet::from(["loop"]);
                targets(&each.target, &mut names);
                self.locals.push(names);
                if let Some(filter) = &each.filter_expr {
                    self.expression(filter, true);
                }
                self.statements(&each.body);
                self.locals.pop();
                self.within([], &each.else_body);
            }
            Stmt::IfCond(condition) => self.condition(condition),
            Stmt::WithBlock(with) => {
                let mut names = HashSet::new();
                for (target, value) in &with.assignments {
                    self.locals.push(names.clone());
                    self.expression(value, false);
                    self.locals.pop();
                    targets(target, &mut names);
                }
                self.within(names, &with.body);
            }
            Stmt::Set(set) => {
                self.expression(&set.expr, false);
                self.declare(&set.target);
            }
            Stmt::SetBlock(set) => {
                self.captures
                    .push(Capture::Set(set.target.span().end_offset as usize));
                self.within([], &set.body);
                if let Some(filter) = &set.filter {
                    self.expression(filter, false);
                }
                self.declare(&set.target);
            }
            Stmt::AutoEscape(escape) => {
                self.expression(&escape.enabled, true);
                self.statements(&escape.body);
            }
            Stmt::FilterBlock(block) => {
                self.captures
                    .push(Capture::Filter(start_of(block.filter_span)));
                self.statements(&block.body);
                self.expression(&block.filter, false);
            }
            Stmt::Macro(definition) => {
                self.name(definition.name);
                self.macro_body(definition);
            }
            Stmt::CallBlock(block) => {
                self.call(&block.call);
                self.macro_body(&block.macro_decl);
            }
            Stmt::Do(statement) => self.call(&statement.call),
        }
    }

    fn condition(&mut self, condition: &IfCond<'a>) {
        self.expression(&condition.expr, true);
        self.branch(&condition.expr, true, |scanner| {
            scanner.statements(&condition.true_body);
        });
        self.branch(&condition.expr, false, |scanner| {
            scanner.statements(&condition.false_body);
        });
    }

    /// Reads a branch, knowing what its condition says of names.
    pub(super) fn branch(
        &mut self,
        condition: &Expr<'a>,
        holds: bool,
        read: impl FnOnce(&mut Self),
    ) {
        let before = self.tested.len();
        self.learn(condition, holds);
        read(self);
        self.tested.truncate(before);
    }

    /// Notes the paths that are there for certain where a condition holds, or does not.
    fn learn(&mut self, condition: &Expr<'a>, holds: bool) {
        match condition {
            Expr::BinOp(both) if holds && matches!(both.op, BinOpKind::ScAnd) => {
                self.learn(&both.left, true);
                self.learn(&both.right, true);
            }
            Expr::BinOp(either) if !holds && matches!(either.op, BinOpKind::ScOr) => {
                self.learn(&either.left, false);
                self.learn(&either.right, false);
            }
            Expr::UnaryOp(not) if matches!(not.op, UnaryOpKind::Not) => {
                self.learn(&not.expr, !holds);
            }
            Expr::Test(test)
                if (test.name == "defined" && holds) || (test.name == "undefined" && !holds) =>
            {
                self.learn_path(&test.expr);
            }
            expression if holds => self.learn_path(expression),
            _ => {}
        }
    }

    fn learn_path(&mut self, expression: &Expr<'a>) {
        if matches!(
            expression,
            Expr::Var(_) | Expr::GetAttr(_) | Expr::GetItem(_)
        ) {
            let (_, path) = self.path(expression);
            self.tested.push(path);
        }
    }

    fn macro_body(&mut self, definition: &Macro<'a>) {
        let mut names = HashSet::from(["caller", "varargs", "kwargs"]);
        for default in &definition.defaults {
            self.expression(default, false);
        }
        for argument in &definition.args {
            targets(argument, &mut names);
        }
        self.within(names, &definition.body);
    }

    fn name(&mut self, name: &'a str) {
        if let Some(names) = self.locals.last_mut() {
            names.insert(name);
        }
    }

    fn declare(&mut self, target: &Expr<'a>) {
        if let Some(names) = self.locals.last_mut() {
            targets(target, names);
        }
    }
}
