;; The scan of scan.wat with an instruction that not every processor's WebAssembly has: it is a module of its own.
(module
  (import "scan" "memory" (memory 1))

  ;; Sums of lanes, two vectors at a time: those of $a in the lower half, those of $b in the upper.
  (func $fold (param $a v128) (param $b v128) (result v128)
    (i32x4.add
      (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27 (local.get $a) (local.get $b))
      (i8x16.shuffle 4 5 6 7 12 13 14 15 20 21 22 23 28 29 30 31 (local.get $a) (local.get $b))))

  ;; Four rows at a time, so `count` is taken as the next multiple of four; returns the greatest score of all these. The query
  ;; is of numbers from 1 to 127, 64 standing for nothing, so each row's 64 × sum is taken off. With seven bits on that side
  ;; the instruction gives the same result everywhere: no pair of products exceeds sixteen bits.
  (func (export "scan")
    (param $query i32) (param $rows i32) (param $scales i32) (param $sums i32) (param $scores i32)
    (param $count i32) (param $dims i32) (param $factor f32)
    (result f32)
    (local $end i32) (local $q i32)
    (local $s0 v128) (local $s1 v128) (local $s2 v128) (local $s3 v128) (local $q0 v128) (local $q16 v128)
    (local $score v128) (local $most v128) (local $factors v128)
    (local.set $most (f32x4.splat (f32.const -inf)))
    (local.set $factors (f32x4.splat (local.get $factor)))
    (block $done
      (loop $four
        (br_if $done (i32.le_s (local.get $count) (i32.const 0)))
        (local.set $s0 (v128.const i32x4 0 0 0 0))
        (local.set $s1 (v128.const i32x4 0 0 0 0))
        (local.set $s2 (v128.const i32x4 0 0 0 0))
        (local.set $s3 (v128.const i32x4 0 0 0 0))
        (local.set $end (i32.add (local.get $rows) (i32.shl (local.get $dims) (i32.const 2))))
        (local.set $q (local.get $query))
        (loop $dot
          (local.set $q0 (v128.load (local.get $q)))
          (local.set $q16 (v128.load offset=16 (local.get $q)))
          (local.set $s0
            (i32x4.relaxed_dot_i8x16_i7x16_add_s (v128.load (local.get $rows)) (local.get $q0) (local.get $s0)))
          (local.set $s1
            (i32x4.relaxed_dot_i8x16_i7x16_add_s (v128.load offset=16 (local.get $rows)) (local.get $q0) (local.get $s1)))
          (local.set $s2
            (i32x4.relaxed_dot_i8x16_i7x16_add_s (v128.load offset=32 (local.get $rows)) (local.get $q0) (local.get $s2)))
          (local.set $s3
            (i32x4.relaxed_dot_i8x16_i7x16_add_s (v128.load offset=48 (local.get $rows)) (local.get $q0) (local.get $s3)))
          (local.set $s0
            (i32x4.relaxed_dot_i8x16_i7x16_add_s (v128.load offset=64 (local.get $rows)) (local.get $q16) (local.get $s0)))
          (local.set $s1
            (i32x4.relaxed_dot_i8x16_i7x16_add_s (v128.load offset=80 (local.get $rows)) (local.get $q16) (local.get $s1)))
          (local.set $s2
            (i32x4.relaxed_dot_i8x16_i7x16_add_s (v128.load offset=96 (local.get $rows)) (local.get $q16) (local.get $s2)))
          (local.set $s3
            (i32x4.relaxed_dot_i8x16_i7x16_add_s (v128.load offset=112 (local.get $rows)) (local.get $q16) (local.get $s3)))
          (local.set $rows (i32.add (local.get $rows) (i32.const 128)))
          (local.set $q (i32.add (local.get $q) (i32.const 32)))
          (br_if $dot (i32.lt_u (local.get $rows) (local.get $end))))
        (local.set $score
          (f32x4.mul
            (f32x4.mul (v128.load (local.get $scales)) (local.get $factors))
            (f32x4.convert_i32x4_s
              (i32x4.sub
                (call $fold
                  (call $fold (local.get $s0) (local.get $s1))
                  (call $fold (local.get $s2) (local.get $s3)))
                (v128.load (local.get $sums))))))
        (v128.store (local.get $scores) (local.get $score))
        (local.set $most (f32x4.pmax (local.get $most) (local.get $score)))
        (local.set $scales (i32.add (local.get $scales) (i32.const 16)))
        (local.set $sums (i32.add (local.get $sums) (i32.const 16)))
        (local.set $scores (i32.add (local.get $scores) (i32.const 16)))
        (local.set $count (i32.sub (local.get $count) (i32.const 4)))
        (br $four)))
    (f32.max
      (f32.max (f32x4.extract_lane 0 (local.get $most)) (f32x4.extract_lane 1 (local.get $most)))
      (f32.max (f32x4.extract_lane 2 (local.get $most)) (f32x4.extract_lane 3 (local.get $most))))))
