;; FORMAT.md, Xbzrle: what turned $before into $after, at most `limit` bytes of it at `into`. Gives the number of bytes, 0 for equal pages,
;; -1 when it does not fit. `size` is a multiple of 64, not 0, at most 0x4000 and not below `limit`.
(func (export "encodeXbzrle")
  (param $before i32) (param $after i32) (param $size i32) (param $into i32) (param $limit i32) (result i32)
  (local $at i32) (local $mask i64) (local $edges i64) (local $differs i64) (local $inRun i32)
  (local $start i32) (local $here i32) (local $count i32) (local $length i32)
  (local $d0 v128) (local $d1 v128) (local $d2 v128) (local $d3 v128)
  (if (i32.lt_u (local.get $limit) (i32.const 2)) (then (return (i32.const -1))))
  (loop $blocks
    (local.set $here (i32.add (local.get $before) (local.get $at)))
    (local.set $count (i32.add (local.get $after) (local.get $at)))
    (local.set $d0 (v128.xor (v128.load (local.get $here)) (v128.load (local.get $count))))
    (local.set $d1 (v128.xor (v128.load offset=16 (local.get $here)) (v128.load offset=16 (local.get $count))))
    (local.set $d2 (v128.xor (v128.load offset=32 (local.get $here)) (v128.load offset=32 (local.get $count))))
    (local.set $d3 (v128.xor (v128.load offset=48 (local.get $here)) (v128.load offset=48 (local.get $count))))
    ;; A bit for each of 64 bytes: set where the pages differ.
    (local.set $mask (i64.const 0))
    (if (v128.any_true (v128.or (v128.or (local.get $d0) (local.get $d1)) (v128.or (local.get $d2) (local.get $d3))))
      (then
        (local.set $mask
          (i64.xor
            (i64.const -1)
            (i64.or
              (i64.extend_i32_u
                (i32.or
                  (i8x16.bitmask (i8x16.eq (local.get $d0) (v128.const i64x2 0 0)))
                  (i32.shl (i8x16.bitmask (i8x16.eq (local.get $d1) (v128.const i64x2 0 0))) (i32.const 16))))
              (i64.shl
                (i64.extend_i32_u
                  (i32.or
                    (i8x16.bitmask (i8x16.eq (local.get $d2) (v128.const i64x2 0 0)))
                    (i32.shl (i8x16.bitmask (i8x16.eq (local.get $d3) (v128.const i64x2 0 0))) (i32.const 16))))
                (i64.const 32)))))))
    ;; A run ends where a bit differs from the one before it.
    (local.set $edges (i64.xor (local.get $mask) (i64.or (i64.shl (local.get $mask) (i64.const 1)) (local.get $differs))))
    (local.set $differs (i64.shr_u (local.get $mask) (i64.const 63)))
    (block $none
      (loop $runs
        (br_if $none (i64.eqz (local.get $edges)))
        (local.set $here (i32.add (local.get $at) (i32.wrap_i64 (i64.ctz (local.get $edges)))))
        (local.set $edges (i64.and (local.get $edges) (i64.sub (local.get $edges) (i64.const 1))))
        (local.set $count (i32.sub (local.get $here) (local.get $start)))
        (local.set $length (call $header (local.get $into) (local.get $length) (local.get $count)))
        (if (local.get $inRun)
          (then
            (if (i32.gt_u (i32.add (local.get $length) (local.get $count)) (local.get $limit)) (then (return (i32.const -1))))
            (call $copy
              (i32.add (local.get $into) (local.get $length))
              (i32.add (local.get $after) (local.get $start))
              (local.get $count))
            (local.set $length (i32.add (local.get $length) (local.get $count)))))
        ;; Room for the next count is asked for even where only bytes that are equal follow, which are not written: QEMU does.
        (if (i32.gt_u (i32.add (local.get $length) (i32.const 2)) (local.get $limit)) (then (return (i32.const -1))))
        (local.set $start (local.get $here))
        (local.set $inRun (i32.xor (local.get $inRun) (i32.const 1)))
        (br $runs)))
    (br_if $blocks (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 64))) (local.get $size))))
  (if (i32.eqz (local.get $inRun)) (then (return (local.get $length))))
  (local.set $count (i32.sub (local.get $size) (local.get $start)))
  (local.set $length (call $header (local.get $into) (local.get $length) (local.get $count)))
  (if (i32.gt_u (i32.add (local.get $length) (local.get $count)) (local.get $limit)) (then (return (i32.const -1))))
  (call $copy
    (i32.add (local.get $into) (local.get $length))
    (i32.add (local.get $after) (local.get $start))
    (local.get $count))
  (i32.add (local.get $length) (local.get $count)))

;; Writes a count of one or two bytes behind `length` bytes and gives the length with it.
(func $header (param $into i32) (param $length i32) (param $count i32) (result i32)
  (local.set $into (i32.add (local.get $into) (local.get $length)))
  (if (i32.lt_u (local.get $count) (i32.const 0x80))
    (then
      (i32.store8 (local.get $into) (local.get $count))
      (return (i32.add (local.get $length) (i32.const 1)))))
  (i32.store8 (local.get $into) (i32.or (local.get $count) (i32.const 0x80)))
  (i32.store8 offset=1 (local.get $into) (i32.shr_u (local.get $count) (i32.const 7)))
  (i32.add (local.get $length) (i32.const 2)))

;; Applies `length` bytes, at most 0xffff, to a page. Gives how much of the page they cover, or what is wrong:
;; -(reason << 16 | offset of the count that is wrong), with the reasons of XbzrleCode, from 1 on, in their order.
(func (export "decodeXbzrle") (param $from i32) (param $length i32) (param $page i32) (param $size i32) (result i32)
  (local $at i32) (local $covered i32) (local $count i32) (local $header i32) (local $reason i32)
  (local $to i32) (local $new i32) (local $back i32)
  (block $wrong
    (loop $pairs
      (if (i32.eq (local.get $at) (local.get $length)) (then (return (local.get $covered))))
      ;; Bytes that stay. Only the very first such run may be empty.
      (local.set $header (local.get $at))
      (local.set $reason (i32.const 1))
      (br_if $wrong (i32.lt_u (i32.sub (local.get $length) (local.get $at)) (i32.const 2)))
      (local.set $count (i32.load8_u (i32.add (local.get $from) (local.get $at))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (if (i32.ge_u (local.get $count) (i32.const 0x80))
        (then
          (local.set $count (call $high (local.get $count) (i32.add (local.get $from) (local.get $at))))
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (local.set $reason (i32.const 2))
          (br_if $wrong (i32.gt_u (local.get $count) (i32.const 0x3fff)))))
      (local.set $reason (i32.const 3))
      (br_if $wrong (i32.and (i32.eqz (local.get $count)) (i32.ne (local.get $header) (i32.const 0))))
      (local.set $reason (i32.const 4))
      (br_if $wrong (i32.gt_u (local.get $count) (i32.sub (local.get $size) (local.get $covered))))
      (local.set $covered (i32.add (local.get $covered) (local.get $count)))
      ;; Bytes that are new.
      (local.set $header (local.get $at))
      (local.set $reason (i32.const 1))
      (br_if $wrong (i32.lt_u (i32.sub (local.get $length) (local.get $at)) (i32.const 2)))
      (local.set $count (i32.load8_u (i32.add (local.get $from) (local.get $at))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (if (i32.ge_u (local.get $count) (i32.const 0x80))
        (then
          (local.set $count (call $high (local.get $count) (i32.add (local.get $from) (local.get $at))))
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (local.set $reason (i32.const 2))
          (br_if $wrong (i32.gt_u (local.get $count) (i32.const 0x3fff)))))
      (local.set $reason (i32.const 3))
      (br_if $wrong (i32.eqz (local.get $count)))
      (local.set $reason (i32.const 4))
      (br_if $wrong (i32.gt_u (local.get $count) (i32.sub (local.get $size) (local.get $covered))))
      (local.set $reason (i32.const 5))
      (br_if $wrong (i32.gt_u (local.get $count) (i32.sub (local.get $length) (local.get $at))))
      (local.set $to (i32.add (local.get $page) (local.get $covered)))
      (local.set $new (i32.add (local.get $from) (local.get $at)))
      ;; As $copy does it; a run of the length of a pointer is what there is most of.
      (if (i32.lt_u (i32.sub (local.get $count) (i32.const 8)) (i32.const 8))
        (then
          (local.set $back (i32.sub (local.get $count) (i32.const 8)))
          (i64.store (i32.add (local.get $to) (local.get $back)) (i64.load (i32.add (local.get $new) (local.get $back))))
          (i64.store (local.get $to) (i64.load (local.get $new))))
        (else (call $copy (local.get $to) (local.get $new) (local.get $count))))
      (local.set $at (i32.add (local.get $at) (local.get $count)))
      (local.set $covered (i32.add (local.get $covered) (local.get $count)))
      (br $pairs)))
  (i32.sub (i32.const 0) (i32.or (i32.shl (local.get $reason) (i32.const 16)) (local.get $header))))

;; A count of two bytes, by its first and the place of its second.
(func $high (param $low i32) (param $at i32) (result i32)
  (i32.or (i32.and (local.get $low) (i32.const 0x7f)) (i32.shl (i32.load8_u (local.get $at)) (i32.const 7))))
