//! Walks a dictionary along an automaton.
//!
//! Unlike the streams of `fst` it looks at a node only when the automaton lets it: nearly all of the
//! branches that a search for slips comes to are dead, and reading nodes is what it costs.

use fst::Automaton;
use fst::raw::{CompiledAddr, Fst, Output};

use super::near::{Near, Reached};
use super::vocabulary::Term;

/// A node with what is still to be done there.
struct Stop {
    node: CompiledAddr,
    next: usize,
    reached: Reached,
    output: Output,
}

/// Calls `take` with each key that `near` accepts and that begins with `first`, in order.
pub(super) fn walk<D: AsRef<[u8]>>(
    map: &Fst<D>,
    near: &Near,
    first: &[u8],
    mut take: impl FnMut(Term, &str),
) {
    let mut key: Vec<u8> = Vec::with_capacity(64);
    let mut reached = near.start();
    let mut node = map.root();
    let mut output = Output::zero();
    for &byte in first {
        let Some(at) = node.find_input(byte) else { return };
        let transition = node.transition(at);
        reached = near.accept(&reached, byte);
        output = output.cat(transition.out);
        node = map.node(transition.addr);
        key.push(byte);
    }
    if !near.can_match(&reached) {
        return;
    }
    let mut stops = vec![Stop { node: node.addr(), next: 0, reached, output }];
    while let Some(stop) = stops.last_mut() {
        let node = map.node(stop.node);
        if stop.next == 0
            && node.is_final()
            && near.is_match(&stop.reached)
            && let Ok(text) = std::str::from_utf8(&key)
            && let Ok(term) = Term::try_from(stop.output.cat(node.final_output()).value())
        {
            take(term, text);
        }
        let mut deeper = None;
        while stop.next < node.len() {
            let transition = node.transition(stop.next);
            stop.next += 1;
            let reached = near.accept(&stop.reached, transition.inp);
            if near.can_match(&reached) {
                deeper = Some((
                    transition.inp,
                    Stop { node: transition.addr, next: 0, reached, output: stop.output.cat(transition.out) },
                ));
                break;
            }
        }
        if let Some((byte, stop)) = deeper {
            key.push(byte);
            stops.push(stop);
        } else {
            stops.pop();
            key.pop();
        }
    }
}
