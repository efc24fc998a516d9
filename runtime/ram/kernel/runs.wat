;; The runs of set bits, each as two u32: its first page and the page behind its last; gives how many there are.
(func (export "runs") (param $at i32) (param $bits i32) (param $into i32) (result i32)
  (local $left i32) (local $base i32) (local $word i64) (local $edges i64) (local $before i64) (local $from i32)
  (local.set $from (local.get $into))
  (local.set $left (i32.shr_u (local.get $bits) (i32.const 6)))
  (block $done
    (loop $words
      (br_if $done (i32.eqz (local.get $left)))
      (local.set $word (i64.load (local.get $at)))
      ;; A run begins or ends wherever a bit differs from the one before it, so first and behind-last come in turn.
      (local.set $edges
        (i64.xor (local.get $word) (i64.or (i64.shl (local.get $word) (i64.const 1)) (local.get $before))))
      (local.set $before (i64.shr_u (local.get $word) (i64.const 63)))
      (if (i64.ne (local.get $edges) (i64.const 0))
        (then (local.set $into (call $ones (local.get $edges) (local.get $base) (local.get $into)))))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (local.set $base (i32.add (local.get $base) (i32.const 64)))
      (local.set $left (i32.sub (local.get $left) (i32.const 1)))
      (br $words)))
  (if (i32.and (local.get $bits) (i32.const 63))
    (then
      (local.set $word (i64.and (i64.load (local.get $at)) (call $lastBits (local.get $bits))))
      (local.set $into
        (call $lastOnes
          (i64.xor (local.get $word) (i64.or (i64.shl (local.get $word) (i64.const 1)) (local.get $before)))
          (local.get $base)
          (local.get $into)))
      (local.set $before (i64.const 0))))
  ;; Only a last word that is full to its last bit leaves a run open.
  (if (i32.wrap_i64 (local.get $before))
    (then
      (i32.store (local.get $into) (local.get $bits))
      (local.set $into (i32.add (local.get $into) (i32.const 4)))))
  (i32.shr_u (i32.sub (local.get $into) (local.get $from)) (i32.const 3)))

;; Writes the number of each set bit, the first of which is `base`, and gives where the next goes.
(func $ones (param $word i64) (param $base i32) (param $into i32) (result i32)
  (local $to i32) (local $count i32)
  (local.set $to (local.get $into))
  (local.set $count (i32.wrap_i64 (i64.popcnt (local.get $word))))
  (local.set $into (i32.add (local.get $into) (i32.shl (local.get $count) (i32.const 2))))
  (loop $four
    (i32.store (local.get $to) (i32.add (local.get $base) (i32.wrap_i64 (i64.ctz (local.get $word)))))
    (local.set $word (i64.and (local.get $word) (i64.sub (local.get $word) (i64.const 1))))
    (i32.store offset=4 (local.get $to) (i32.add (local.get $base) (i32.wrap_i64 (i64.ctz (local.get $word)))))
    (local.set $word (i64.and (local.get $word) (i64.sub (local.get $word) (i64.const 1))))
    (i32.store offset=8 (local.get $to) (i32.add (local.get $base) (i32.wrap_i64 (i64.ctz (local.get $word)))))
    (local.set $word (i64.and (local.get $word) (i64.sub (local.get $word) (i64.const 1))))
    (i32.store offset=12 (local.get $to) (i32.add (local.get $base) (i32.wrap_i64 (i64.ctz (local.get $word)))))
    (local.set $word (i64.and (local.get $word) (i64.sub (local.get $word) (i64.const 1))))
    (local.set $to (i32.add (local.get $to) (i32.const 16)))
    (br_if $four (i32.gt_s (local.tee $count (i32.sub (local.get $count) (i32.const 4))) (i32.const 0))))
  (local.get $into))

;; The same for a word behind which there is no room to write over.
(func $lastOnes (param $word i64) (param $base i32) (param $into i32) (result i32)
  (block $none
    (loop $one
      (br_if $none (i64.eqz (local.get $word)))
      (i32.store (local.get $into) (i32.add (local.get $base) (i32.wrap_i64 (i64.ctz (local.get $word)))))
      (local.set $into (i32.add (local.get $into) (i32.const 4)))
      (local.set $word (i64.and (local.get $word) (i64.sub (local.get $word) (i64.const 1))))
      (br $one)))
  (local.get $into))

;; Of a last word, the bits that are part of the bitmap; there is at least one.
(func $lastBits (param $bits i32) (result i64)
  (i64.shr_u (i64.const -1) (i64.extend_i32_u (i32.sub (i32.const 64) (i32.and (local.get $bits) (i32.const 63))))))
