;; Copies `count` bytes that do not overlap, reading and writing nothing else. The tail of a long one is copied by a last vector that
;; overlaps the one before; most runs of a page are of a few bytes, for which memory.copy, a call out of the module, is slow.
(func $copy (param $to i32) (param $from i32) (param $count i32)
  (local $back i32)
  (if (i32.ge_u (local.get $count) (i32.const 16))
    (then
      (local.set $back (i32.sub (local.get $count) (i32.const 16)))
      (v128.store
        (i32.add (local.get $to) (local.get $back))
        (v128.load (i32.add (local.get $from) (local.get $back))))
      (loop $vectors
        (v128.store (local.get $to) (v128.load (local.get $from)))
        (local.set $to (i32.add (local.get $to) (i32.const 16)))
        (local.set $from (i32.add (local.get $from) (i32.const 16)))
        (br_if $vectors (i32.ge_u (local.tee $count (i32.sub (local.get $count) (i32.const 16))) (i32.const 16))))
      (return)))
  (if (i32.ge_u (local.get $count) (i32.const 8))
    (then
      (local.set $back (i32.sub (local.get $count) (i32.const 8)))
      (i64.store (i32.add (local.get $to) (local.get $back)) (i64.load (i32.add (local.get $from) (local.get $back))))
      (i64.store (local.get $to) (i64.load (local.get $from)))
      (return)))
  (if (i32.ge_u (local.get $count) (i32.const 4))
    (then
      (local.set $back (i32.sub (local.get $count) (i32.const 4)))
      (i32.store (i32.add (local.get $to) (local.get $back)) (i32.load (i32.add (local.get $from) (local.get $back))))
      (i32.store (local.get $to) (i32.load (local.get $from)))
      (return)))
  (block $done
    (br_if $done (i32.eqz (local.get $count)))
    (i32.store8 (local.get $to) (i32.load8_u (local.get $from)))
    (br_if $done (i32.eq (local.get $count) (i32.const 1)))
    (i32.store8 offset=1 (local.get $to) (i32.load8_u offset=1 (local.get $from)))
    (br_if $done (i32.eq (local.get $count) (i32.const 2)))
    (i32.store8 offset=2 (local.get $to) (i32.load8_u offset=2 (local.get $from)))))
