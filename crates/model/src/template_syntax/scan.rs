//! The walk over minijinja's syntax tree that an [`Analysis`](super::Analysis) is made by.

use std::collections::HashSet;
use std::ops::Range;

use minijinja::machinery::ast::{BinOpKind, Call, CallArg, Expr, UnaryOpKind};

use super::extent::{extent, start_of};
use super::words::{FILTERS, FUNCTIONS, TESTS, Word, is_function};
use super::{Capture, Chain, ChainRoot, Operand, OperandRole, PathPart, SyntaxError};

/// Words that are no names, even where minijinja lets them pass for one.
const OPERATORS: &[&str] = &["and", "elif", "else", "if", "in", "is", "not", "or"];

pub(super) struct Scanner<'a> {
    pub(super) template: &'a str,
    pub(super) locals: Vec<HashSet<&'a str>>,
    /// Paths that a condition around the current place has tested.
    pub(super) tested: Vec<Vec<PathPart>>,
    pub(super) chains: Vec<Chain>,
    pub(super) operands: Vec<Operand>,
    pub(super) captures: Vec<Capture>,
    pub(super) unknown_words: Vec<SyntaxError>,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(template: &'a str) -> Self {
        Self {
            template,
            locals: vec![HashSet::new()],
            tested: Vec::new(),
            chains: Vec::new(),
            operands: Vec::new(),
            captures: Vec::new(),
            unknown_words: Vec::new(),
        }
    }

    pub(super) fn is_local(&self, name: &str) -> bool {
        self.locals.iter().any(|names| names.contains(name))
    }

    /// Reads an expression; `guarded` where its place copes with a value that is not there.
    pub(super) fn expression(&mut self, expression: &Expr<'a>, guarded: bool) {
        match expression {
            Expr::Const(_) => {}
            Expr::Var(_) | Expr::GetAttr(_) | Expr::GetItem(_) => self.chain(expression, guarded),
            Expr::Slice(slice) => {
                self.expression(&slice.expr, false);
                for bound in [&slice.start, &slice.stop, &slice.step]
                    .into_iter()
                    .flatten()
                {
                    self.expression(bound, false);
                }
            }
            Expr::UnaryOp(operation) => {
                self.expression(&operation.expr, matches!(operation.op, UnaryOpKind::Not));
            }
            Expr::BinOp(operation) => {
                self.operation(operation.op, &operation.left, &operation.right, guarded);
            }
            Expr::Compare(chained) => {
                self.operand(&chained.expr, OperandRole::Ordered);
                for comparison in &chained.ops {
                    self.operand(&comparison.expr, OperandRole::Ordered);
                }
            }
            Expr::IfExpr(choice) => {
                self.branch(&choice.test_expr, true, |scanner| {
                    scanner.expression(&choice.true_expr, guarded);
                });
                self.expression(&choice.test_expr, true);
                if let Some(otherwise) = &choice.false_expr {
                    self.branch(&choice.test_expr, false, |scanner| {
                        scanner.expression(otherwise, guarded);
                    });
                }
            }
            Expr::Filter(filter) => {
                if let Some(input) = &filter.expr {
                    self.expression(input, matches!(filter.name, "default" | "d"));
                }
                // A filter's span starts at its name.
                self.check_word("filter", filter.name, start_of(expression.span()), FILTERS);
                self.arguments(&filter.args);
            }
            Expr::Test(test) => {
                self.expression(&test.expr, true);
                self.check_word("test", test.name, start_of(expression.span()), TESTS);
                self.arguments(&test.args);
            }
            Expr::Call(call) => {
                self.call(call);
                if matches!(&call.expr, Expr::Var(function) if self.is_local(function.id)) {
                    self.operands.push(Operand {
                        role: OperandRole::Captured,
                        span: extent(self.template, expression),
                    });
                }
            }
            Expr::List(list) => list
                .items
                .iter()
                .for_each(|item| self.expression(item, false)),
            Expr::Tuple(tuple) => tuple
                .items
                .iter()
                .for_each(|item| self.expression(item, false)),
            Expr::Map(map) => {
                for (key, value) in map.keys.iter().zip(&map.values) {
                    self.expression(key, false);
                    self.expression(value, false);
                }
            }
        }
    }

    fn operation(&mut self, kind: BinOpKind, left: &Expr<'a>, right: &Expr<'a>, guarded: bool) {
        match kind {
            BinOpKind::ScAnd | BinOpKind::ScOr => {
                self.expression(left, true);
                let holds = matches!(kind, BinOpKind::ScAnd);
                self.branch(left, holds, |scanner| scanner.expression(right, guarded));
            }
            BinOpKind::Concat => {
                self.operand(left, OperandRole::Text);
                self.operand(right, OperandRole::Text);
            }
            BinOpKind::Lt | BinOpKind::Lte | BinOpKind::Gt | BinOpKind::Gte => {
                self.operand(left, OperandRole::Ordered);
                self.operand(right, OperandRole::Ordered);
            }
            BinOpKind::Add
            | BinOpKind::Sub
            | BinOpKind::Mul
            | BinOpKind::Div
            | BinOpKind::FloorDiv
            | BinOpKind::Rem
            | BinOpKind::Pow => {
                self.expression(left, false);
                self.expression(right, false);
            }
            BinOpKind::Eq | BinOpKind::Ne | BinOpKind::In => {
                self.expression(left, true);
                self.expression(right, true);
            }
        }
    }

    fn operand(&mut self, operand: &Expr<'a>, role: OperandRole) {
        self.expression(operand, false);
        self.operands.push(Operand {
            role,
            span: extent(self.template, operand),
        });
    }

    pub(super) fn call(&mut self, call: &Call<'a>) {
        match &call.expr {
            Expr::Var(function) => {
                if !self.is_local(function.id) {
                    self.check_word(
                        "function",
                        function.id,
                        start_of(function.span()),
                        FUNCTIONS,
                    );
                }
            }
            Expr::GetAttr(method) => self.expression(&method.expr, false),
            other => self.expression(other, false),
        }
        self.arguments(&call.args);
    }

    fn arguments(&mut self, arguments: &[CallArg<'a>]) {
        for argument in arguments {
            match argument {
                CallArg::Pos(value)
                | CallArg::Kwarg(_, value)
                | CallArg::PosSplat(value)
                | CallArg::KwargSplat(value) => self.expression(value, false),
            }
        }
    }

    fn check_word(&mut self, kind: &str, name: &str, at: usize, known: &[Word]) {
        let plain: String = name
            .chars()
            .filter(|character| !character.is_ascii_whitespace())
            .collect();
        if known.iter().any(|word| word.name == plain) {
            return;
        }
        let nearest = known
            .iter()
            .map(|word| (strsim::damerau_levenshtein(&plain, word.name), word.name))
            .filter(|(distance, candidate)| *distance <= 1 + candidate.len() / 4)
            .min();
        let hint = nearest
            .map(|(_, name)| format!(". Did you mean `{name}`?"))
            .unwrap_or_default();
        let message = format!("there is no {kind} `{plain}`{hint}");
        self.unknown_words.push(SyntaxError::new(
            self.template,
            at..at + name.len(),
            message,
        ));
    }

    fn chain(&mut self, expression: &Expr<'a>, guarded: bool) {
        let (root, path) = self.path(expression);
        self.inner(expression);
        if let Some(PathPart::Key(word)) = path.first()
            && root == ChainRoot::Scope
            && OPERATORS.contains(&word.as_str())
        {
            // minijinja takes `a is defined not in b` for a name `not` that the test is given.
            let span = extent(self.template, expression);
            let message =
                format!("`{word}` cannot stand here: put brackets around what is before it");
            self.unknown_words
                .push(SyntaxError::new(self.template, span, message));
            return;
        }
        if root == ChainRoot::Scope
            && path.len() == 1
            && matches!(&path[0], PathPart::Key(name) if is_function(name))
        {
            return;
        }
        let guarded = guarded || self.tested.contains(&path);
        self.chains.push(Chain {
            root,
            path,
            span: extent(self.template, expression),
            guarded,
        });
    }

    /// Reads what is inside a chain: computed parts of it, and a computed root.
    fn inner(&mut self, expression: &Expr<'a>) {
        match expression {
            Expr::Var(_) => {}
            Expr::GetAttr(lookup) => self.inner(&lookup.expr),
            Expr::GetItem(lookup) => {
                self.inner(&lookup.expr);
                self.expression(&lookup.subscript_expr, false);
            }
            root => self.expression(root, false),
        }
    }

    pub(super) fn path(&self, expression: &Expr<'a>) -> (ChainRoot, Vec<PathPart>) {
        match expression {
            Expr::Var(variable) => {
                let root = if self.is_local(variable.id) {
                    ChainRoot::Local
                } else {
                    ChainRoot::Scope
                };
                (root, vec![PathPart::Key(variable.id.to_owned())])
            }
            Expr::GetAttr(lookup) => {
                let (root, mut path) = self.path(&lookup.expr);
                path.push(PathPart::Key(lookup.name.to_owned()));
                (root, path)
            }
            Expr::GetItem(lookup) => {
                let (root, mut path) = self.path(&lookup.expr);
                path.push(self.subscript(&lookup.subscript_expr));
                (root, path)
            }
            root => (
                ChainRoot::Computed,
                vec![PathPart::Key(format!(
                    "({})",
                    self.source(extent(self.template, root))
                ))],
            ),
        }
    }

    fn subscript(&self, expression: &Expr<'a>) -> PathPart {
        let constant = expression.as_const();
        if let Some(key) = constant.as_ref().and_then(|value| value.as_str()) {
            PathPart::Key(key.to_owned())
        } else if let Some(index) = constant
            .filter(minijinja::Value::is_integer)
            .and_then(|value| value.as_i64())
        {
            PathPart::Index(index)
        } else {
            PathPart::Expression(self.source(extent(self.template, expression)).to_owned())
        }
    }

    fn source(&self, span: Range<usize>) -> &'a str {
        self.template.get(span).unwrap_or_default()
    }
}
