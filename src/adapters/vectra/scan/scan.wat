;; Rows of eight-bit numbers, as wide as `dims`, which is a multiple of 32. Addresses are bytes, counts are rows. Four rows lie
;; in one another, sixteen numbers of each at a time: whoever scans them together reads memory from end to end.
(module
  (import "scan" "memory" (memory 1))

  (func $sum (param $v v128) (result i32)
    (i32.add
      (i32.add (i32x4.extract_lane 0 (local.get $v)) (i32x4.extract_lane 1 (local.get $v)))
      (i32.add (i32x4.extract_lane 2 (local.get $v)) (i32x4.extract_lane 3 (local.get $v)))))

  ;; Four numbers, brought to the range of -127 to 127 and rounded.
  (func $round (param $from i32) (param $unit v128) (result v128)
    (f32x4.nearest (f32x4.mul (v128.load (local.get $from)) (local.get $unit))))

  ;; Squares of what rounding took from four numbers.
  (func $lost (param $from i32) (param $inverse v128) (param $rounded v128) (param $scale v128) (result v128)
    (local $d v128)
    (local.set $d
      (f32x4.sub
        (f32x4.mul (v128.load (local.get $from)) (local.get $inverse))
        (f32x4.mul (local.get $rounded) (local.get $scale))))
    (f32x4.mul (local.get $d) (local.get $d)))

  ;; Where the row after the one at $row begins, which is the $lane-th of its four.
  (func $next (param $row i32) (param $lane i32) (param $dims i32) (result i32)
    (if (result i32) (i32.eq (local.get $lane) (i32.const 3))
      (then (i32.add (local.get $row) (i32.sub (i32.shl (local.get $dims) (i32.const 2)) (i32.const 48))))
      (else (i32.add (local.get $row) (i32.const 16)))))

  ;; Rounds `count` rows of float32 at `from`. `inverses` holds one over the length of each; what it writes for each is
  ;; the rounded row, its scale (unit row ≈ scale × rounded row), 64 × its sum, and the length of unit row − scale × rounded row.
  (func (export "quantize")
    (param $from i32) (param $inverses i32) (param $count i32) (param $dims i32)
    (param $rows i32) (param $scales i32) (param $sums i32) (param $residuals i32)
    (local $at i32) (local $end i32) (local $to i32) (local $lane i32) (local $top f32) (local $scale f32)
    (local $most v128) (local $unit v128) (local $inverse v128) (local $scale4 v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128) (local $total v128) (local $error v128)
    (block $done
      (loop $row
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $end (i32.add (local.get $from) (i32.shl (local.get $dims) (i32.const 2))))
        (local.set $most (v128.const i32x4 0 0 0 0))
        (local.set $at (local.get $from))
        (loop $find
          (local.set $most
            (f32x4.max
              (f32x4.max (local.get $most) (f32x4.abs (v128.load (local.get $at))))
              (f32x4.abs (v128.load offset=16 (local.get $at)))))
          (local.set $at (i32.add (local.get $at) (i32.const 32)))
          (br_if $find (i32.lt_u (local.get $at) (local.get $end))))
        (local.set $top
          (f32.max
            (f32.max (f32x4.extract_lane 0 (local.get $most)) (f32x4.extract_lane 1 (local.get $most)))
            (f32.max (f32x4.extract_lane 2 (local.get $most)) (f32x4.extract_lane 3 (local.get $most)))))
        (local.set $unit (f32x4.splat (f32.div (f32.const 127) (local.get $top))))
        (local.set $inverse (f32x4.splat (f32.load (local.get $inverses))))
        (local.set $scale
          (f32.div (f32.mul (local.get $top) (f32.load (local.get $inverses))) (f32.const 127)))
        (local.set $scale4 (f32x4.splat (local.get $scale)))
        (local.set $total (v128.const i32x4 0 0 0 0))
        (local.set $error (v128.const i32x4 0 0 0 0))
        (local.set $to (local.get $rows))
        (loop $fill
          (local.set $a (call $round (local.get $from) (local.get $unit)))
          (local.set $b (call $round (i32.add (local.get $from) (i32.const 16)) (local.get $unit)))
          (local.set $c (call $round (i32.add (local.get $from) (i32.const 32)) (local.get $unit)))
          (local.set $d (call $round (i32.add (local.get $from) (i32.const 48)) (local.get $unit)))
          (local.set $error
            (f32x4.add
              (local.get $error)
              (f32x4.add
                (f32x4.add
                  (call $lost (local.get $from) (local.get $inverse) (local.get $a) (local.get $scale4))
                  (call $lost (i32.add (local.get $from) (i32.const 16)) (local.get $inverse) (local.get $b) (local.get $scale4)))
                (f32x4.add
                  (call $lost (i32.add (local.get $from) (i32.const 32)) (local.get $inverse) (local.get $c) (local.get $scale4))
                  (call $lost (i32.add (local.get $from) (i32.const 48)) (local.get $inverse) (local.get $d) (local.get $scale4))))))
          (local.set $a (i32x4.trunc_sat_f32x4_s (local.get $a)))
          (local.set $b (i32x4.trunc_sat_f32x4_s (local.get $b)))
          (local.set $c (i32x4.trunc_sat_f32x4_s (local.get $c)))
          (local.set $d (i32x4.trunc_sat_f32x4_s (local.get $d)))
          (local.set $total
            (i32x4.add
              (local.get $total)
              (i32x4.add (i32x4.add (local.get $a) (local.get $b)) (i32x4.add (local.get $c) (local.get $d)))))
          (v128.store
            (local.get $to)
            (i8x16.narrow_i16x8_s
              (i16x8.narrow_i32x4_s (local.get $a) (local.get $b))
              (i16x8.narrow_i32x4_s (local.get $c) (local.get $d))))
          (local.set $to (i32.add (local.get $to) (i32.const 64)))
          (local.set $from (i32.add (local.get $from) (i32.const 64)))
          (br_if $fill (i32.lt_u (local.get $from) (local.get $end))))
        (f32.store (local.get $scales) (local.get $scale))
        (i32.store (local.get $sums) (i32.shl (call $sum (local.get $total)) (i32.const 6)))
        (f32.store
          (local.get $residuals)
          (f32.sqrt
            (f32.add
              (f32.add (f32x4.extract_lane 0 (local.get $error)) (f32x4.extract_lane 1 (local.get $error)))
              (f32.add (f32x4.extract_lane 2 (local.get $error)) (f32x4.extract_lane 3 (local.get $error))))))
        (local.set $rows (call $next (local.get $rows) (local.get $lane) (local.get $dims)))
        (local.set $lane (i32.and (i32.add (local.get $lane) (i32.const 1)) (i32.const 3)))
        (local.set $inverses (i32.add (local.get $inverses) (i32.const 4)))
        (local.set $scales (i32.add (local.get $scales) (i32.const 4)))
        (local.set $sums (i32.add (local.get $sums) (i32.const 4)))
        (local.set $residuals (i32.add (local.get $residuals) (i32.const 4)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $row))))

  ;; Products of each row with the query, which is of sixteen-bit numbers, times the row's scale and `factor`. The first row is the
  ;; `lane`-th of its four. Returns the greatest. The query is small enough for 32 bits to hold any sum.
  (func (export "scan")
    (param $query i32) (param $rows i32) (param $scales i32) (param $scores i32)
    (param $count i32) (param $dims i32) (param $factor f32) (param $lane i32)
    (result f32)
    (local $end i32) (local $q i32) (local $at i32) (local $low v128) (local $high v128) (local $a v128) (local $b v128)
    (local $score f32) (local $most f32)
    (local.set $most (f32.const -inf))
    (block $done
      (loop $row
        (br_if $done (i32.eqz (local.get $count)))
        (local.set $low (v128.const i32x4 0 0 0 0))
        (local.set $high (v128.const i32x4 0 0 0 0))
        (local.set $at (local.get $rows))
        (local.set $end (i32.add (local.get $query) (i32.shl (local.get $dims) (i32.const 1))))
        (local.set $q (local.get $query))
        (loop $dot
          (local.set $a (v128.load (local.get $at)))
          (local.set $b (v128.load offset=64 (local.get $at)))
          (local.set $low
            (i32x4.add
              (local.get $low)
              (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_s (local.get $a)) (v128.load (local.get $q)))))
          (local.set $high
            (i32x4.add
              (local.get $high)
              (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_s (local.get $a)) (v128.load offset=16 (local.get $q)))))
          (local.set $low
            (i32x4.add
              (local.get $low)
              (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_s (local.get $b)) (v128.load offset=32 (local.get $q)))))
          (local.set $high
            (i32x4.add
              (local.get $high)
              (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_s (local.get $b)) (v128.load offset=48 (local.get $q)))))
          (local.set $at (i32.add (local.get $at) (i32.const 128)))
          (local.set $q (i32.add (local.get $q) (i32.const 64)))
          (br_if $dot (i32.lt_u (local.get $q) (local.get $end))))
        (local.set $score
          (f32.mul
            (f32.mul (f32.load (local.get $scales)) (local.get $factor))
            (f32.convert_i32_s (call $sum (i32x4.add (local.get $low) (local.get $high))))))
        (f32.store (local.get $scores) (local.get $score))
        (if (f32.gt (local.get $score) (local.get $most)) (then (local.set $most (local.get $score))))
        (local.set $rows (call $next (local.get $rows) (local.get $lane) (local.get $dims)))
        (local.set $lane (i32.and (i32.add (local.get $lane) (i32.const 1)) (i32.const 3)))
        (local.set $scales (i32.add (local.get $scales) (i32.const 4)))
        (local.set $scores (i32.add (local.get $scores) (i32.const 4)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $row)))
    (local.get $most)))
