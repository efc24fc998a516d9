;; Whether a page is all zero. `size` is a multiple of 256 and not 0. What is `ahead` bytes on is touched, which must be there; 0 is no matter.
(func $zero (export "zero") (param $at i32) (param $size i32) (param $ahead i32) (result i32)
  (local $there i32)
  ;; Nearly every page with something in it has some of it here.
  (if (v128.any_true (v128.load (local.get $at))) (then (return (i32.const 0))))
  (loop $block
    ;; The processor fetches ahead of a reader by itself, but stops at each 4 KiB: a word of each line gets it over that.
    (local.set $there (i32.add (local.get $at) (local.get $ahead)))
    (drop (i32.load (local.get $there)))
    (drop (i32.load offset=64 (local.get $there)))
    (drop (i32.load offset=128 (local.get $there)))
    (drop (i32.load offset=192 (local.get $there)))
    (if
      (v128.any_true
        (v128.or
          (v128.or
            (v128.or (v128.load (local.get $at)) (v128.load offset=16 (local.get $at)))
            (v128.or (v128.load offset=32 (local.get $at)) (v128.load offset=48 (local.get $at))))
          (v128.or
            (v128.or (v128.load offset=64 (local.get $at)) (v128.load offset=80 (local.get $at)))
            (v128.or (v128.load offset=96 (local.get $at)) (v128.load offset=112 (local.get $at))))))
      (then (return (i32.const 0))))
    (if
      (v128.any_true
        (v128.or
          (v128.or
            (v128.or (v128.load offset=128 (local.get $at)) (v128.load offset=144 (local.get $at)))
            (v128.or (v128.load offset=160 (local.get $at)) (v128.load offset=176 (local.get $at))))
          (v128.or
            (v128.or (v128.load offset=192 (local.get $at)) (v128.load offset=208 (local.get $at)))
            (v128.or (v128.load offset=224 (local.get $at)) (v128.load offset=240 (local.get $at))))))
      (then (return (i32.const 0))))
    (local.set $at (i32.add (local.get $at) (i32.const 256)))
    ;; What is left is counted down, here and below: the end of 4 GiB is not a 32-bit address.
    (br_if $block (local.tee $size (i32.sub (local.get $size) (i32.const 256)))))
  (i32.const 1))

;; A bitmap, in words of 64 bits, of the pages that are all zero; gives how many there are.
(func (export "zeros") (param $at i32) (param $size i32) (param $count i32) (param $into i32) (result i32)
  (local $word i64) (local $bit i64) (local $zeros i32)
  (block $done
    (loop $words
      (br_if $done (i32.eqz (local.get $count)))
      (local.set $word (i64.const 0))
      (local.set $bit (i64.const 1))
      (loop $pages
        (if
          (call $zero
            (local.get $at)
            (local.get $size)
            ;; Not where it is behind the last page.
            (i32.shl
              (i32.ge_u (i32.mul (local.get $size) (i32.sub (local.get $count) (i32.const 1))) (i32.const 2048))
              (i32.const 11)))
          (then
            (local.set $word (i64.or (local.get $word) (local.get $bit)))
            (local.set $zeros (i32.add (local.get $zeros) (i32.const 1)))))
        (local.set $at (i32.add (local.get $at) (local.get $size)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (local.set $bit (i64.shl (local.get $bit) (i64.const 1)))
        (br_if $pages (i32.and (i64.ne (local.get $bit) (i64.const 0)) (i32.ne (local.get $count) (i32.const 0)))))
      (i64.store (local.get $into) (local.get $word))
      (local.set $into (i32.add (local.get $into) (i32.const 8)))
      (br $words)))
  (local.get $zeros))
