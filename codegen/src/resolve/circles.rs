//! Which optional fields lead back to the object that has them, with no list or map between: those are boxed.

use std::collections::BTreeSet;

use crate::model::{FieldId, Object, ObjectId};

/// The objects that each object has in its fields, without a list or map between.
struct Graph(Vec<Vec<usize>>);

pub(super) fn circles(objects: &[Object<'_>]) -> BTreeSet<FieldId> {
    let parts = |object: &Object<'_>| {
        let fields = object.fields.iter();
        fields.filter_map(|field| field.shape.ty.held_object().map(|ObjectId(id)| id)).collect()
    };
    let circles = Graph(objects.iter().map(parts).collect()).components();
    let mut boxed = BTreeSet::new();
    for (id, object) in objects.iter().enumerate() {
        for (index, field) in object.fields.iter().enumerate() {
            if let Some(ObjectId(held)) = field.shape.ty.held_object()
                && circles[held] == circles[id]
                && !field.spec.is_always_there()
            {
                boxed.insert(FieldId { object: ObjectId(id), index });
            }
        }
    }
    boxed
}

impl Graph {
    /// A number for each object, which is the same for those that lead to each other. (Kosaraju: what is reached against
    /// the arrows, from what was left last.)
    fn components(&self) -> Vec<usize> {
        let mut numbers = vec![usize::MAX; self.0.len()];
        let back = self.reversed();
        for start in self.in_order_of_leaving().into_iter().rev() {
            let mut open = vec![start];
            while let Some(id) = open.pop() {
                if numbers[id] == usize::MAX {
                    numbers[id] = start;
                    open.extend(&back.0[id]);
                }
            }
        }
        numbers
    }

    fn reversed(&self) -> Graph {
        let mut back = vec![Vec::new(); self.0.len()];
        for (id, parts) in self.0.iter().enumerate() {
            parts.iter().for_each(|part| back[*part].push(id));
        }
        Graph(back)
    }

    /// Kept here and not on the stack, for a chain of types may be long.
    fn in_order_of_leaving(&self) -> Vec<usize> {
        let mut seen = vec![false; self.0.len()];
        let mut left = Vec::new();
        for start in 0..self.0.len() {
            let mut path = vec![(start, 0)];
            while let Some((id, next)) = path.pop() {
                if next == 0 && std::mem::replace(&mut seen[id], true) {
                    continue;
                }
                match self.0[id].get(next) {
                    Some(part) => path.extend([(id, next + 1), (*part, 0)]),
                    None => left.push(id),
                }
            }
        }
        left
    }
}
