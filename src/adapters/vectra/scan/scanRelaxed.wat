;; The scan of scan.wat with an instruction that not every processor's WebAssembly has: it is a module of its own.
(module
  (import "scan" "memory" (memory 1))

  ;; The query is of numbers from 1 to 127, 64 standing for nothing, so each row's 64 × sum is taken off. With seven bits
  ;; on that side the instruction gives the same result everywhere: no pair of products exceeds sixteen bits.
  (func (export "scan")
    (param $query i32) (param $rows i32) (param $scales i32) (param $sums i32) (param $scores i32)
    (param $count i32) (param $dims i32) (param $factor f32)
    (result f32)
    (local $end i32) (local $q i32) (local $a v128) (local $b v128) (local $score f32) (local $most f32)
    (local.set $most (f32.const -inf))
    (block $done
      (loop $row
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $a (v128.const i32x4 0 0 0 0))
        (local.set $b (v128.const i32x4 0 0 0 0))
        (local.set $end (i32.add (local.get $rows) (local.get $dims)))
        (local.set $q (local.get $query))
        (loop $dot
          (local.set $a
            (i32x4.relaxed_dot_i8x16_i7x16_add_s
              (v128.load (local.get $rows))
              (v128.load (local.get $q))
              (local.get $a)))
          (local.set $b
            (i32x4.relaxed_dot_i8x16_i7x16_add_s
              (v128.load offset=16 (local.get $rows))
              (v128.load offset=16 (local.get $q))
              (local.get $b)))
          (local.set $rows (i32.add (local.get $rows) (i32.const 32)))
          (local.set $q (i32.add (local.get $q) (i32.const 32)))
          (br_if $dot (i32.lt_u (local.get $rows) (local.get $end))))
        (local.set $a (i32x4.add (local.get $a) (local.get $b)))
        (local.set $score
          (f32.mul
            (f32.mul (f32.load (local.get $scales)) (local.get $factor))
            (f32.convert_i32_s
              (i32.sub
                (i32.add
                  (i32.add (i32x4.extract_lane 0 (local.get $a)) (i32x4.extract_lane 1 (local.get $a)))
                  (i32.add (i32x4.extract_lane 2 (local.get $a)) (i32x4.extract_lane 3 (local.get $a))))
                (i32.load (local.get $sums))))))
        (f32.store (local.get $scores) (local.get $score))
        (if (f32.gt (local.get $score) (local.get $most)) (then (local.set $most (local.get $score))))
        (local.set $scales (i32.add (local.get $scales) (i32.const 4)))
        (local.set $sums (i32.add (local.get $sums) (i32.const 4)))
        (local.set $scores (i32.add (local.get $scores) (i32.const 4)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $row)))
    (local.get $most)))
