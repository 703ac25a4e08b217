## Chrome of the documents
contents = المحتويات
tables = الجداول
findings = أهم النتائج
to-the-findings = إلى أهم النتائج
filter-rows = تصفية الصفوف
table-number = الجدول { $name }
table-title = الجدول { $name }. { $title }
table-title-continued = الجدول { $name }. { $title } (تابع)
figure-number = الشكل { $name }
figure-title = الشكل { $name }. { $title }
figure-data = بيانات الشكل { $name }
made-with = أُعدّ ببرنامج inclusion { $name }
methods-hash = الطرائق { $name }
made-line = أُعدّ ببرنامج inclusion { $name1 }. الطرائق { $name2 }.
cover = الغلاف
notes = الملاحظات
definitions-methods-notes = التعاريف والطرائق والملاحظات
lower-end = { $title }، الحد الأدنى
upper-end = { $title }، الحد الأعلى
no-finding = تعذر استخلاص أي نتيجة.
between = { $figure1 } إلى { $figure2 }
percent = { $figure }‎%‎
untranslated-note = النصوص غير المترجمة واردة باللغة { $language }.
language-en = الإنكليزية

## Groups, quantities, units
women = النساء
men = الرجال
total = المجموع
both-sexes = كلا الجنسين
all = الجميع
group = الفئة
area = المنطقة
year = السنة
years = السنوات
survey = المسح
indicator = المؤشر
producer = الجهة المنتجة
coverage = التغطية
persons = أشخاص
households = أسر معيشية
units = وحدات
points = نقاط
per-cent = في المائة
percent-word = في المائة
thousands = آلاف
millions = ملايين
gap = الفجوة
relative-gap = الفجوة النسبية
parity = التكافؤ
adjusted-parity = التكافؤ المعدل
level = المستوى
head-count = عدد الأشخاص
non-response = عدم الاستجابة
change = التغير
change-of-the-gap = تغير الفجوة
difference = الفرق
difference-of-gaps = فرق الفجوات
ratio = النسبة
ratio-of-parities = نسبة التكافؤات
relative-difference = الفرق النسبي
logarithm-of-the-ratio = لوغاريتم النسبة
difference-in-persons = الفرق بعدد الأشخاص
more-men-than-women = زيادة الرجال على النساء
women-missing-for-parity = النساء اللازمات لبلوغ التكافؤ
womens-excess-without = زيادة النساء اللواتي ليست لديهن الخاصية
rates = المعدلات
gaps = الفجوات
relative-gaps = الفجوات النسبية
changes = التغيرات
differences = الفروق
logarithms-of-ratios = لوغاريتمات النسب
ratios = النسب
verdict = الحكم
nature = الطبيعة
women-behind = النساء متأخرات
men-behind = الرجال متأخرون
at-parity = التكافؤ

## Heads of columns
head-of-those-without = { $what } لمن ليست لديهم الخاصية ({ $unit })
head-of-those-without-plain = { $what } لمن ليست لديهم الخاصية
head-unit = { $what } ({ $unit })
head-percent-unit = { $what } (‎%‎)
more-men-than-women-persons = زيادة الرجال على النساء (أشخاص)
women-missing-for-parity-persons = النساء اللازمات لبلوغ التكافؤ (أشخاص)
in-persons = (أشخاص)
persons-in = أشخاص ({ $unit })
nonresponse-of = عدم الاستجابة، { $group } (‎%‎)
item-nonresponse-percent = عدم الاستجابة للسؤال (‎%‎)
interval-head = فترة { $figure }
interval-head-of = فترة { $figure }، { $group }
standard-error = الخطأ المعياري
coefficient-of-variation = معامل الاختلاف (‎%‎)
design-effect = أثر التصميم
effective-cases = الحالات الفعالة
effective-n = ن الفعالة
unweighted-cases = الحالات غير المرجحة
weighted-cases = الحالات المرجحة
unweighted-count = العدد غير المرجح
weighted-count = العدد المرجح
deff = deff
deft = deft
se = SE
se-r = SE/R
se-small = se
se-r-small = se/r
r-minus = R−2SE
r-plus = R+2SE
r-minus-small = r−2se
r-plus-small = r+2se
weighted-n = ن المرجحة
cv = CV (‎%‎)
wn = WN
rse = RSE (‎%‎)

## Absences
no-one-interviewed = لم تُجر مقابلة مع أي شخص من هذه الفئة
no-one-of-either-group = لم تُجر مقابلة مع أي شخص من أي من الفئتين
no-weight = ليس لأي شخص من هذه الفئة وزن أكبر من الصفر
no-ratio-men-zero = لا نسبة، لأن معدل الرجال صفر
no-ratio-second-zero = لا نسبة، لأن الرقم الثاني صفر
no-logarithm = لا لوغاريتم، لأن أحد الرقمين صفر
one-missing = أحد الرقمين غير متوافر
one-unavailable = لا يستطيع أحد المسوح توفير أحد الرقمين
no-one-either-sex = لا أحد من أي من الجنسين
women-zero-no-logarithm = معدل النساء صفر، فلا لوغاريتم
survey-cannot = لا يستطيع المسح توفير هذا المؤشر
population-not-known = عدد السكان غير معروف
not-applicable-measure = المقياس لا ينطبق على هذا المؤشر
part-absent = لا رقم للنساء أو للرجال
coverage-too-low = البلدان التي لها أرقام لا تضم إلا نسبة ضئيلة من السكان
calibration-negative = أعطت المعايرة هذه الفئة أوزانًا سالبة ورقمًا خارج نطاقه
se-not-known = الخطأ المعياري غير معروف
se-not-known-or-zero = الخطأ المعياري غير معروف، أو التقدير صفر
no-interval = تعذر حساب فترة
no-cv = لا معامل اختلاف للصفر
not-asked-for = لم تطلبه هذه الدراسة
deff-not-known = أثر التصميم غير معروف
not-known = غير معروف
no-figure = لا رقم
not-available = غير متاح
not-settled = غير محدد
withheld = محجوب

## Reasons of suppression
too-few-cases = حالات قليلة جدًا
small-count = أشخاص قليلون جدًا ممن لديهم الخاصية أو ليست لديهم
relative-error = خطأ معياري نسبي كبير جدًا
wide-interval = فترة واسعة جدًا، أو حالات فعالة قليلة جدًا
precision-unknown = دقته غير معروفة
contributions-unknown = مبالغ المجيبين فرادى غير معروفة
unaudited = الجداول أكبر من أن يُعرف ما يمكن استنتاجه منها
complement = يمكن أن يُستنتج منه رقم محجوب آخر
derived = محسوب من رقم محجوب
withheld-rules = محجوب: { $rules }، أو رقم يمكن أن يُستنتج منه مثل ذلك.
withheld-none = محجوب: لا رقم.
unreliable-none = موثوقية منخفضة: لا رقم موسوم.
unreliable-rules = موثوقية منخفضة: { $rules }.
low-reliability = موثوقية منخفضة
fewer-than-cases = 
    أقل من { FORM($number) ->
         [one] حالة غير مرجحة واحدة
         [two] حالتين غير مرجحتين
         [few] { $number } حالات غير مرجحة
        *[other] { $number } حالة غير مرجحة
     }
cases-between = 
    من { $figure } إلى { FORM($number) ->
         [one] حالة غير مرجحة واحدة
         [two] حالتين غير مرجحتين
         [few] { $number } حالات غير مرجحة
        *[other] { $number } حالة غير مرجحة
     }
rules-or = { $first }؛ أو { $rest }

## Intervals
t-logit = فترة t على مقياس اللوجيت
t-log = فترة t على المقياس اللوغاريتمي
t-asin = فترة t على مقياس قوس الجيب
t-mean = القيمة ± t × الخطأ المعياري
wilson = ويلسون بالعدد الفعال للحالات
korn-graubard = كورن–غراوبارد
profile-likelihood = الإمكان الجانبي
woodruff = فترة وودراف
confidence-intervals = فترات الثقة { $figure }: { $kinds }.
kind-of-interval-rates = المعدلات، { $method }
kind-of-interval-gaps = الفجوات، { $method }

## Notes
zero = صفر.
negligible = ليس صفرًا، وأقل من نصف الوحدة المطبوعة.
zero-or-negligible = صفر، أو أقل من نصف الوحدة المطبوعة.
note-gap = الفجوة: الرجال ناقص النساء؛ وفوق الصفر تكون النساء متأخرات.
note-gap-lower = القيمة الأدنى أفضل هنا. الفجوة: النساء ناقص الرجال؛ وفوق الصفر تكون النساء متأخرات.
note-complement = القيمة الأدنى أفضل هنا: الفجوة والتكافؤ يخصان نسبة النساء والرجال الذين ليست لديهم الخاصية.
note-gap-rounding = تُحسب الفجوات قبل التقريب.
note-parity = التكافؤ: النساء على الرجال؛ ودون الواحد تكون النساء متأخرات.
note-adjusted = التكافؤ المعدل: فوق الواحد، اثنان ناقص نسبة الرجال إلى النساء.
note-range = التكافؤ وفق المجموعة «{ $set }»: { $of } من { $figure1 } إلى { $figure2 }، كلاهما مشمول
note-cases = الحالات هي الإجابات غير المرجحة في القاعدة.
note-population = الأرقام التي تحتاج إلى عدد السكان تعدّه معروفًا دون خطأ.
note-bold = الخط العريض: يختلف عن تساوي النساء والرجال بأكثر من فترته؛ ولا تكتب به الأرقام ذات الموثوقية المنخفضة أبدا.
note-clustering = الأخطاء المعيارية والفترات لا تبين إلا أثر عدم تساوي الأوزان؛ ولا يدخل فيها أثر التجمع العنقودي
point-verdict = الحكم هو حكم التقدير النقطي؛ وتشمل فترة النسبة أيضًا قيمًا لها حكم آخر
approximated = تقريبي: { $proxy }
approximated-plain = تقريبي
survey-covers = يشمل المسح: { $base }
population-known = عدد السكان معدود معروفًا دون خطأ: { $population }
nature-codes = الطبيعة برموز قاعدة بيانات أهداف التنمية المستدامة للأمم المتحدة: { $codes }
nature-c = C { $what }
nature-ca = CA { $what }
nature-na = NA { $what }
nature-x = _X { $what }
nature-country = بيانات البلد
nature-adjusted = بيانات البلد بعد تعديلها
nature-global = الرصد العالمي
nature-modelled = مستمد من نموذج
nature-irrelevant = لا ينطبق
definition-draft = التعريف مسودة: { $why }
definition-draft-plain = التعريف مسودة
verdict-set = الحكم وفق المجموعة «{ $set }» ({ $figure }، بما في ذلك الحدان)، مطبقة على { $of } قبل التقريب
verdict-set-distance = الحكم وفق المجموعة «{ $set }» (فئات حسب بعد النسبة عن الواحد)، مطبقة على { $of } قبل التقريب
verdict-of-parity = التكافؤ
not-in-breakdown = { $number } من الصفوف لا تنتمي إلى أي فئة من «{ $concept }» (لا ينطبق): فهي في المجاميع فقط.
not-in-breakdown-code = { $number } من الصفوف لا تنتمي إلى أي فئة من `{ $name }` (لا ينطبق): فهي في المجاميع فقط.
not-stated-one = صف واحد لا يبين «{ $concept }»: فهو ليس في أي خلية من التوزيع حسبه، وهو في كل مجموع لا يحتاج إليه.
not-stated = { $number } من الصفوف لا تبين «{ $concept }»: فهي ليست في أي خلية من التوزيع حسبه، وهي في كل مجموع لا يحتاج إليه.
in-no-figure = { $number } من الصفوف لا تبين «{ $concept }»: فهي لا تدخل في أي رقم.
not-stated-code = { $number } من الصفوف لا تبين `{ $name }`: فهي ليست في أي خلية من التوزيع حسبه، وهي في كل مجموع لا يحتاج إليه.
in-no-figure-code = { $number } من الصفوف لا تبين `{ $name }`: فهي لا تدخل في أي رقم.
not-stated-one-code = صف واحد لا يبين `{ $name }`: فهو ليس في أي خلية من التوزيع حسبه، وهو في كل مجموع لا يحتاج إليه.
in-no-figure-one-code = صف واحد لا يبين `{ $name }`: فهو لا يدخل في أي رقم.
not-stated-some = بعض الصفوف لا يذكر «{ $concept }»: فهي ليست في أي خلية من التوزيع حسبه، وهي في كل مجموع لا يحتاج إليه.
in-no-figure-some = بعض الصفوف لا يذكر «{ $concept }»: فهي لا تدخل في أي رقم.
not-stated-some-code = بعض الصفوف لا يذكر `{ $name }`: فهي ليست في أي خلية من التوزيع حسبه، وهي في كل مجموع لا يحتاج إليه.
in-no-figure-some-code = بعض الصفوف لا يذكر `{ $name }`: فهي لا تدخل في أي رقم.

## Titles
of-figure = { $figure1 } من { $figure2 }
base-of = { $unit } من { $base }
per-cent-of = النسبة المئوية من { $base }
place-and = { $place } · { $what }
by-breakdown = { $title }، حسب { $breakdown }
by-breakdown-of-two = { $title }، حسب { $first } و{ $second }
by-breakdown-of-three = { $title }، حسب { $first } و{ $second } و{ $third }
by-breakdown-of-four = { $title }، حسب { $first } و{ $second } و{ $third } و{ $fourth }
breakdowns-and = { $first } و{ $rest }
list-of-three = { $first } و{ $second } و{ $third }
list-of-four = { $first } و{ $second } و{ $third } و{ $fourth }
sources-of = مصادر «{ $title }»
in-scope = في نطاق المسح
areas-and-periods = { $number } من المناطق والفترات
source-line = المصدر: { $sources }.
by-of = حسب { $what }
no-chart = لا رسم بياني للمؤشر «{ $indicator }»: لا أرقام له في أي مصدر.

## Findings
finding-levels = { $figure1 } من النساء و{ $figure2 } من الرجال { $statement }: { $end }
finding-levels-only = { $figure1 } من النساء و{ $figure2 } من الرجال { $statement }
in-place = { $what } ({ $place })
women-behind-by = النساء متأخرات بمقدار { $by }
men-behind-by = الرجال متأخرون بمقدار { $by }
no-supported-difference = لا فرق تؤيده الفترة، { $by }
no-interval-supports = بمعدل قدره { $figure } لا تؤيد أي فترة وجود فرق
# Points stay figures for one and two as well: they may have a sign.
points-interval = 
    { FORM($number) ->
         [few] { $number } نقاط
        *[other] { $number } نقطة
     } ({ $figure })
points-only = 
    { FORM($number) ->
         [few] { $number } نقاط
        *[other] { $number } نقطة
     }
are-women = { $value } من { $universe } نساء
are-women-more = { $value } من { $universe } نساء، أي أكثر من النصف
are-women-less = { $value } من { $universe } نساء، أي أقل من النصف
value-interval = { $figure1 } ({ $figure2 })
women-less-likely = النساء أقل احتمالًا من الرجال أن يكنّ ممن { $verb } في { $among }
men-less-likely = الرجال أقل احتمالًا من النساء أن يكونوا ممن { $verb } في { $among }
women-more-likely = النساء أكثر احتمالًا من الرجال أن يكنّ ممن { $verb } في { $among }
men-more-likely = الرجال أكثر احتمالًا من النساء أن يكونوا ممن { $verb } في { $among }
women-behind-among = النساء متأخرات عن الرجال في { $among }
men-behind-among = الرجال متأخرون عن النساء في { $among }
among-both = كلتا الفئتين: { $groups }
among-both-urban-rural = المناطق الحضرية والريفية معًا
among-all = جميع { $groups } ({ $number })
among-all-age-groups = جميع الفئات العمرية ({ $number })
among-all-wealth-quintiles = جميع أخماس الثروة ({ $number })
among-all-regions = جميع الأقاليم ({ $number })
among-some = { $number } من أصل { $figure } ({ $groups })
among-some-age-groups =
    { $number } من أصل { FORM($number2) ->
        [one] فئة عمرية واحدة
        [two] فئتين عمريتين
        [few] { $number2 } فئات عمرية
        [many] { $number2 } فئة عمرية
       *[other] { $number2 } فئة عمرية
    }
among-some-wealth-quintiles =
    { $number } من أصل { FORM($number2) ->
        [few] { $number2 } أخماس للثروة
       *[other] { $number2 } من أخماس الثروة
    }
among-some-regions =
    { $number } من أصل { FORM($number2) ->
        [one] إقليم واحد
        [two] إقليمين
        [few] { $number2 } أقاليم
        [many] { $number2 } إقليمًا
       *[other] { $number2 } إقليم
    }
among-reliable = { $number } من أصل { $figure } ذات أرقام موثوقة ({ $groups })
among-reliable-age-groups =
    { $number } من أصل { FORM($number2) ->
        [one] فئة عمرية واحدة
        [two] فئتين عمريتين
        [few] { $number2 } فئات عمرية
        [many] { $number2 } فئة عمرية
       *[other] { $number2 } فئة عمرية
    } أرقامها موثوقة
among-reliable-wealth-quintiles =
    { $number } من أصل { FORM($number2) ->
        [few] { $number2 } أخماس للثروة
       *[other] { $number2 } من أخماس الثروة
    } أرقامها موثوقة
among-reliable-regions =
    { $number } من أصل { FORM($number2) ->
        [one] إقليم واحد
        [two] إقليمين
        [few] { $number2 } أقاليم
        [many] { $number2 } إقليمًا
       *[other] { $number2 } إقليم
    } أرقامها موثوقة
among-any = أي من { $number }: { $groups }
among-any-age-groups = أي من الفئات العمرية ({ $number })
among-any-wealth-quintiles = أي من أخماس الثروة ({ $number })
among-any-regions = أي من الأقاليم ({ $number })
among-any-reliable = أي من { $number } ذات أرقام موثوقة: { $groups }
among-any-reliable-age-groups = أي من الفئات العمرية ذات الأرقام الموثوقة ({ $number })
among-any-reliable-wealth-quintiles = أي من أخماس الثروة ذات الأرقام الموثوقة ({ $number })
among-any-reliable-regions = أي من الأقاليم ذات الأرقام الموثوقة ({ $number })
among-either = أي من الفئتين: { $groups }
among-either-reliable = أي من الفئتين اللتين لهما أرقام موثوقة: { $groups }
among-either-age-groups = أي من الفئتين العمريتين
among-either-regions = أي من الإقليمين
among-either-reliable-age-groups = أي من الفئتين العمريتين اللتين لهما أرقام موثوقة
among-either-reliable-regions = أي من الإقليمين اللذين لهما أرقام موثوقة
no-difference-among = لا تؤيد الفترات أي فرق بين النساء والرجال في { $among }
gaps-run = { $start }؛ وتتراوح الفجوات { $run }، ولا تبين الفترات أيها الأكبر
these-gaps-run = { $start }؛ وتتراوح هذه الفجوات { $run }، ولا تبين الفترات أيها الأكبر
largest-in = { $start }؛ وأكبر فجوة في { $label }، { $by }
men-most-in = { $start }؛ وأكبر تأخر للرجال في { $label }، { $by }
largest-of-these-in = { $start }؛ وأكبر هذه الفجوات في { $label }، { $by }
and-men-in-which = { $start }، والعكس في { $number } ({ $place })؛ ولا تبين الفترات أي هذه الفجوات أكبر
and-men-in = { $start }، والعكس في { $number }؛ ولا تبين الفترات أي هذه الفجوات أكبر
and-men-in-largest-women = { $start }، والعكس في { $others }؛ وأكبر هذه الفجوات في { $label }، حيث النساء متأخرات بمقدار { $by }
and-men-in-largest-men = { $start }، والعكس في { $others }؛ وأكبر هذه الفجوات في { $label }، حيث الرجال متأخرون بمقدار { $by }
run-from-to = من { $figure1 } إلى { $figure2 } نقطة
rural-areas = المناطق الريفية
urban-areas = المناطق الحضرية
urban-and-rural-areas = المناطق الحضرية والريفية
age-groups = الفئات العمرية
wealth-quintiles = أخماس الثروة
regions = الأقاليم
ethnic-groups = المجموعات الإثنية
income-quintiles = أخماس الدخل
groups-by = الفئات حسب { $what }
sentence-colon = { $start }: { $end }

## Charts
figure-of-place = { $title }، { $unit } من { $base }، { $place }
open-marks = العلامات المفرغة: موثوقية منخفضة.
open-marks-rules = العلامات المفرغة: { $rules }
whiskers = الخطوط الرفيعة: فترات الثقة { $figure }.
bands = الأشرطة: فترات الثقة { $figure }.
beyond = رأس السهم: الفترة تمتد أبعد.
series-break = شرطتان: انقطاع في السلسلة.
target = الغاية
path-to-target = المسار إلى الغاية
incomplete-lines = خطوط بلا الرقمين، غير مرسومة:
outlined = يحيط خط بـ
boundaries = الحدود هي حدود مصدر الخريطة ولا تعبر عن المركز القانوني لأي منطقة.
to-word = إلى
equal-counts = تضم الفئات أعدادًا متقاربة من الأرقام.
equal-steps = الفئات متساوية الاتساع.
sexes-latest = النساء والرجال، حديث
sexes-older = النساء والرجال، أقدم
total-only = كلا الجنسين معًا فقط
nothing = لا رقم
value = القيمة
equal = التساوي
women-minus-men = النساء ناقص الرجال
men-minus-women = الرجال ناقص النساء
alt-dumbbell = رسم بياني للنساء والرجال، خط لكل فئة: { $what }
alt-bars = أعمدة للنساء والرجال: { $what }
alt-gaps = الفجوات، الرجال ناقص النساء، مع فتراتها: { $what }
alt-gaps-women = الفجوات، النساء ناقص الرجال، مع فتراتها: { $what }
alt-values = القيم مع فتراتها: { $what }
alt-row = { $label }: النساء { $women }، الرجال { $men }، الفجوة { $gap }
alt-row-no-gap = { $label }: النساء { $women }، الرجال { $men }
alt-row-gap = { $label }: الفجوة { $gap }
alt-row-withheld = { $label }: محجوب
alt-row-missing = { $label }: غير متاح
low-reliability-of = { $what } (موثوقية منخفضة)

## Data gaps and sampling errors
data-gaps = ثغرات البيانات
no-data-gap = جميع مؤشرات هذه الدراسة متاحة، ولا توجد فئة فارغة.
empty-cells = الخلايا الفارغة نتيجة في حد ذاتها: ما لا يُقاس لا يُرى تغيره.
unavailable-combinations = { $number } من أصل { $figure } من توليفات المؤشر والمصدر غير متاحة.
one-cell = خلية واحدة
cells =
    { FORM($number) ->
        [one] خلية واحدة
        [two] خليتين
        [few] { $number } خلايا
       *[other] { $number } خلية
    }
missing-in = ناقص في { $count }
draft-definition = تعريف أولي
state = الحالة
reason = السبب
source = المصدر
smallest-gap-title = أصغر فجوة كان كل مسح قادرًا على كشفها
everybody = كل من في القاعدة، حسب المؤشر
smallest-gap = أصغر فجوة (نقاط)
smallest-gap-note = أصغر فرق بين النساء والرجال يكشفه اختبار ذو طرفين في أربعة من كل خمسة مسوح كهذه، حول معدل قدره 50 في المائة، مع اعتبار النساء والرجال مستقلين؛ وقرب 0 أو 100 في المائة تُكشف فروق أصغر.
item-nonresponse = عدم الاستجابة للسؤال
item-nonresponse-by-sex = عدم الاستجابة للسؤال حسب الجنس
of-those-in-scope = { $place } · في المائة ممن في النطاق
nonresponse-note = النسبة غير المرجحة للأشخاص في النطاق الذين تنقص إجابتهم فيُستبعدون من القاعدة؛ وحيثما اختلفت بين النساء والرجال فقد تتأثر المقارنة بمن لم يجب.
answers-count-as-no = بموجب قاعدة هذا المؤشر تُعد إجابات { $answers } «لا» وتبقى في القاعدة
rule-none-left-out = { $rule }، فلا يُستبعد أي منها؛ ولا يُبيَّن عددها
rule-other-missing = { $rule }؛ والنسبة تخص الإجابات الناقصة الأخرى وحدها
quoted-dont-know = «لا أعرف»
quoted-refused = «رفض الإجابة»
quoted-not-stated = «غير مبين»
sampling-errors = أخطاء المعاينة
sampling-errors-of = أخطاء المعاينة: { $indicator }
sampling-errors-legend = R: التقدير؛ SE: الخطأ المعياري؛ N وWN: الحالات غير المرجحة والمرجحة؛ DEFT: جذر أثر التصميم؛ R±2SE: التقدير زائد وناقص خطأين معياريين.
sampling-errors-legend-small = r: التقدير؛ se: الخطأ المعياري؛ deff: أثر التصميم؛ deft: جذره؛ r±2se: التقدير زائد وناقص خطأين معياريين.
code-and-name = { $id } { $indicator }

## Definitions and methods
definitions-and-methods = التعاريف والطرائق
how-made = كيف حُسب هذا الرقم: { $code } { $indicator }
definition = التعريف
counted = المحسوبون
base = القاعدة
reference-period = الفترة المرجعية
missing-answers = الإجابات الناقصة
from-the-source-files = من ملفات المصدر
estimator = المقدِّر
uncertainty = عدم اليقين
sampling-design = تصميم العينة
comparison = المقارنة
targets = الغايات
source-of-the-definition = مصدر التعريف
pools-changes-contrasts = التجميعات والتغيرات والمقارنات
published-figures = الأرقام المنشورة
version-status = الإصدار { $name }، الحالة: { $status }؛ الجهة الراعية: { $custodian }
agreed = متفق عليه
draft = مسودة
withdrawn = مسحوب
sdg-indicator = المؤشر { $name } من أهداف التنمية المستدامة
stays-in-base = يبقى في القاعدة ويُحسب فاقدًا للخاصية: { $answers }.
left-out = يُستبعد من القاعدة: { $answers }.
no-answer-recorded = لم تُسجل إجابة
dont-know = لا أعرف
refused = رفض الإجابة
skipped = تُخطي السؤال بسبب إجابة سابقة
not-asked-interview = لم يُطرح السؤال في هذه المقابلة
weighted-share = نسبة مرجحة: أوزان الأشخاص المحسوبين على أوزان القاعدة
weighted-share-households = نسبة مرجحة: أوزان الأسر المعيشية المحسوبة على أوزان القاعدة
weighted-mean = متوسط مرجح لأشخاص القاعدة
weighted-mean-households = متوسط مرجح للأسر المعيشية في القاعدة
weighted-total = مجموع مرجح
weighted-ratio = المجموع المرجح لعدد على مجموع عدد آخر
published-as-is = رقم منشور، أُخذ كما هو
its-variance = { $weighted }. وتباينه { $variance }؛ والفئة الفرعية تحتفظ بجميع وحدات العينة
variance-linearised = هو تباين القيم الخطية بين وحدات المعاينة الأولية في كل طبقة
variance-replicated = هو تباين الأرقام بأوزان التكرار
uncertainty-text = فترات الثقة { $figure }؛ النسب: { $method }؛ الفجوات: القيمة ± t × الخطأ المعياري؛ التكافؤ: على المقياس اللوغاريتمي. حدود الفترات تخص كل رقم على حدة
logit = اللوجيت
degrees-of-freedom = درجات الحرية: { $rule }
df-domain = وحدات المعاينة الأولية ناقص الطبقات التي فيها صفوف من المجال؛ وللفجوة، مجالا النساء والرجال معًا
df-full = وحدات المعاينة الأولية ناقص طبقات العينة الكاملة
df-rank = رتبة أوزان التكرار للعينة الكاملة ناقص 1
df-rank-domain = رتبة أوزان التكرار لصفوف المجال ناقص 1؛ وللفجوة، مجالا النساء والرجال معًا
df-infinite = لا نهائية (مئين التوزيع الطبيعي)
design-effect-is = أثر التصميم: { $which }
deft2 = DEFT² = التباين على r(1 − r)/n، وn غير مرجحة
deff-wor = مقارنة بمعاينة عشوائية بسيطة دون إرجاع
deff-wr = مقارنة بمعاينة عشوائية بسيطة مع الإرجاع
single-psu-strata = الطبقات ذات وحدة المعاينة الأولية الواحدة: { $rule }
single-psu-stops = الطبقة ذات وحدة المعاينة الأولية الواحدة توقف الحساب
single-psu-none = الطبقة ذات وحدة المعاينة الأولية الواحدة لا تسهم في التباين
single-psu-certainty = الطبقة ذات وحدة المعاينة الأولية الواحدة تُعد مسحوبة بيقين
single-psu-centred = الطبقة ذات وحدة المعاينة الأولية الواحدة تُمركز عند متوسط جميع الوحدات
single-psu-average = الطبقة ذات وحدة المعاينة الأولية الواحدة تسهم بمتوسط الطبقات الأخرى
comparison-text = الفجوة: الرجال ناقص النساء، بوحدة المؤشر؛ التكافؤ: النساء على الرجال؛ ويُحسب كلاهما قبل التقريب
comparison-covariance = الفجوة: الرجال ناقص النساء، بوحدة المؤشر؛ التكافؤ: النساء على الرجال؛ ويُحسب كلاهما قبل التقريب، مع التغاير بين النساء والرجال الذين يعيشون في وحدات المعاينة الأولية نفسها
comparison-lower = القيمة الأدنى أفضل: الفجوة والتكافؤ يخصان نسبة من ليست لديهم الخاصية من كل جنس
text-source = { $text }. المصدر: { $name }
source-only = المصدر: { $name }
target-set = { $what } بحلول { $figure }، الجهة المحدِّدة: { $who }
target-set-note = { $what } بحلول { $figure }، الجهة المحدِّدة: { $who }؛ { $note }
target-set-what = { $what } بحلول { $figure }، الجهة المحدِّدة: { $who }، { $which }
target-set-what-note = { $what } بحلول { $figure }، الجهة المحدِّدة: { $who }، { $which }؛ { $note }
parity-of-women-and-men = التكافؤ بين النساء والرجال
parity-range = التكافؤ من { $figure1 } إلى { $figure2 } ({ $set })
design-weight = الوزن { $name1 }، الطبقات { $name2 }، وحدات المعاينة الأولية { $name3 }؛ { $method }
taylor = تقريب تايلور الخطي
from-column = { $survey }: { $name2 } من العمود { $name3 }: { $codes }
code-is = { $name1 } = { $name2 }
blank-is = فارغ = { $what }
blank-is-not-applicable = فارغ = لا ينطبق
blank-is-not-asked = فارغ = لم يُطرح
blank-is-no-answer = فارغ = بلا إجابة
code-is-dont-know = { $name } = لا أعرف
code-is-refused = { $name } = رفض الإجابة
code-is-not-applicable = { $name } = لا ينطبق
code-is-not-asked = { $name } = لم يُطرح
code-is-no-answer = { $name } = بلا إجابة
not-applicable = لا ينطبق
not-asked = لم يُطرح
no-answer = بلا إجابة

## Suppression log and sources
suppression-log = سجل الأرقام المحجوبة
disclosure-profile = نمط السرية «{ $profile }»: { $rules }
complementary = إذا حُجب أحد الجنسين وكان المجموع والجنس الآخر يكشفانه، حُجب رقم ثان.
counts-rounded = تُقرب الأعداد إلى مضاعفات { $figure }.
none-withheld = لا رقم محجوب.
none-withheld-published = لا رقم محجوب: الأرقام المنشورة ترد دون الحالات التي يحكم عليها نمط السرية. ومجموعات البلدان التي لا أرقام إلا لعدد قليل جدًا من بلدانها لا رقم لها.
area-and-period = المنطقة والفترة
figures = الأرقام
groups = المجموعات
withheld-figures = الأرقام المحجوبة
sources = المصادر
surveys = المسوح
design = التصميم
rows = الصفوف
file = الملف
files = الملفات
persons-file = الأشخاص: { $name }
households-file = الأسر المعيشية: { $name }
sha = SHA-256
remark = الملاحظة
severity = الدرجة
count = العدد
code = الرمز
caution = تنبيه
note = ملاحظة
decided = ما تقرر أثناء المعالجة

## Worldwide
world = العالم
worldwide-of = العالم: { $indicator }
worldwide-gaps = العالم: أين تنقص الأرقام حسب الجنس
world-and-groups = { $indicator }، العالم ومجموعات البلدان
countries-of = { $indicator }، البلدان
progress-of = { $indicator }، التقدم المحرز
progress-continued = { $indicator }، التقدم المحرز (تابع)
progress-rule = { $indicator }، التقدم المحرز: { $rule }
covered = التغطية (النساء؛ الرجال)
countries = البلدان
all-covered = الجميع: البلدان، التغطية
covered-both = { $figure1 } من أصل { $figure2 }؛ { $figure3 }؛ { $figure4 }
ages = الأعمار
status-head = الوضع
all-ages = جميع الأعمار
ages-of = الأعمار { $figure }
ages-over =
    الأعمار من { FORM($number) ->
        [few] { $number } سنوات فأكثر
       *[other] { $number } سنة فأكثر
    }
the-ages = الأعمار { $figure }
the-ages-over =
    الأعمار من { FORM($number) ->
        [few] { $number } سنوات فأكثر
       *[other] { $number } سنة فأكثر
    }
ages-not-stated = الأعمار غير مبينة
after-a-break = بعد انقطاع
after-breaks =
    بعد { FORM($number) ->
        [one] انقطاع واحد
        [two] انقطاعين
        [few] { $number } انقطاعات
        [many] { $number } انقطاعًا
       *[other] { $number } انقطاع
    }
reference-period-of = الفترة المرجعية: { $period }.
about-months = 
    نحو { FORM($number) ->
         [one] شهر واحد
         [two] شهرين
         [few] { $number } أشهر
         [many] { $number } شهرًا
        *[other] { $number } شهر
     }
last-months = 
    آخر { FORM($number) ->
         [one] شهر
         [two] شهرين
         [few] { $number } أشهر
         [many] { $number } شهرًا
        *[other] { $number } شهر
     }
groups-method = المجموعات: يُرجح معدل النساء بالنساء ومعدل الرجال بالرجال من سكان البلد في سنة رقم المجموعة؛ ويدخل البلد بنساء ورجال السنة نفسها، وهي أحدث سنوات النافذة؛ والتكافؤ والفجوة هما لمعدلي المجموعة، لا متوسطان لما في البلدان.
countries-method = البلدان: كما نُشرت، دون أخطاء معيارية ما لم يوردها المصدر؛ وإذا كان للمصدر عدة نطاقات عمرية لبلد وسنة أُخذ أوسعها الذي يضم كلا الجنسين.
nothing-imputed = لا يوضع شيء مكان بلد ليس له رقم؛ ودون التغطية التي تشترطها القاعدة لا يكون للمجموعة رقم.
edition = الطبعة
sources-published = مصادر الأرقام المنشورة
status-break = انقطاع في السلسلة
status-definition = تعريف مختلف
status-estimated = مقدَّر
status-national = تقدير وطني
status-forecast = تنبؤ
status-imputed = محتسب
status-provisional = مؤقت
status-revised = منقح
status-experimental = تجريبي
status-holiday = عطلة رسمية أو نهاية أسبوع
status-derogation = إعفاء
status-included = مدرج في فئة أخرى
status-insignificant = غير ذي دلالة
status-event = حدث خاص
status-unvalidated = لم يُتحقق منه
status-includes = يشمل فئة أخرى
status-population-unknown = عدد السكان غير معروف
status-of-the-source = وضع المصدر: { $codes }
status-b = B { $what }
status-e = E { $what }
status-d = D { $what }
status-f = F { $what }
status-i = I { $what }
status-p = P { $what }
status-r = R { $what }
status-u = U { $what }
status-g = G { $what }
status-h = H { $what }
status-j = J { $what }
status-k = K { $what }
status-m = M { $what }
status-n = N { $what }
status-q = Q { $what }
status-s = S { $what }
status-v = V { $what }
status-w = W { $what }
status-double-dagger = (‡) { $what }
status-plus = (+) { $what }
status-asterisk = * { $what }
total-outside = هذا الرقم للجميع لا يقع بين رقمي النساء والرجال: فقد يكون من مسح آخر أو يخص أشخاصًا آخرين.
interval-as-published = الفترة كما نُشرت.
notes-of-sources = ترد ملاحظات المصادر بلغة المصدر.
population-of-unknown = { $what }، عدد سكان { $number } منها غير معروف
world-finding = { $area }: { $figure1 } من النساء و{ $figure2 } من الرجال { $statement } ({ $years }؛ { $coverage })
coverage-with =
    { $figure1 } من أصل { FORM($number) ->
        [one] بلد واحد
        [two] بلدين
        [few] { $number } بلدان
        [many] { $number } بلدًا
       *[other] { $number } بلد
    }، تضم { $shares }
shares-of = { $figure1 } من النساء و{ $figure2 } من الرجال
shares-unknown = نسبة غير معروفة من النساء والرجال
no-world-figure =
    لا رقم للعالم للمؤشر «{ $indicator }»: الأرقام المصنفة حسب الجنس، المتاحة في { $figure } من أصل { FORM($number) ->
        [one] بلد واحد
        [two] بلدين
        [few] { $number } بلدان
        [many] { $number } بلدًا
       *[other] { $number } بلد
    }، تغطي { $shares }
no-group-figure =
    لا رقم لمجموعة «{ $group }» للمؤشر «{ $indicator }»: الأرقام المصنفة حسب الجنس، المتاحة في { $figure } من أصل { FORM($number) ->
        [one] بلد واحد
        [two] بلدين
        [few] { $number } بلدان
        [many] { $number } بلدًا
       *[other] { $number } بلد
    }، تغطي { $shares }
reported-below =
    { $indicator }: المعدل المبلغ عنه للنساء أدنى من معدل الرجال في { $figure } من أصل { FORM($number) ->
        [one] بلد واحد
        [two] بلدين
        [few] { $number } بلدان
        [many] { $number } بلدًا
       *[other] { $number } بلد
    }
reported-below-widest =
    { $indicator }: المعدل المبلغ عنه للنساء أدنى من معدل الرجال في { $figure } من أصل { FORM($number) ->
        [one] بلد واحد
        [two] بلدين
        [few] { $number } بلدان
        [many] { $number } بلدًا
       *[other] { $number } بلد
    }؛ وأوسع فجوة في { $area }، { $by }
gaps-without-intervals = ترد هذه الفجوات دون فترات، فقد تكون الصغيرة منها وليدة الصدفة.
alt-map = خريطة الفجوة حسب البلد. { $title }. الأوسع، بالنقاط: { $list }. البلدان التي ليس لها أرقام للنساء والرجال مظللة بخطوط.
map-item = { $area } { $figure }
not-on-the-map = لا تظهر على الخريطة: { $figure1 } من البلدان والأقاليم البالغ عددها { $figure2 } ({ $list }).
newest-up-to = الرجال ناقص النساء، نقاط؛ أحدث الأرقام حتى { $figure }، { $base }
over-time =
    { $indicator }: الفجوة المبلغ عنها في السنة الأخيرة أضيق منها في أول سنة قابلة للمقارنة في { $number } من أصل { FORM($number2) ->
        [one] بلد واحد
        [two] بلدين
        [few] { $number2 } بلدان
        [many] { $number2 } بلدًا
       *[other] { $number2 } بلد
    } معروضة هنا ولها سنوات قابلة للمقارنة
over-time-subtitle = { $unit } من { $base }؛ البلدان الـ{ $number } ذات أكبر عدد من السنوات حسب الجنس، ثم بالاسم الإنكليزي؛ { $end }
alt-lines = خطوط النساء والرجال حسب السنة. { $lines }. الغاية: { $figure1 } بحلول { $figure2 }
alt-lines-plain = خطوط النساء والرجال حسب السنة. { $lines }
alt-line = 
    { $area }: الفجوة { FORM($number) ->
          [few] { $number } نقاط
         *[other] { $number } نقطة
     } في { $figure1 }، { $figure2 } في { $figure3 }
no-world-chart = لا { $chart } للمؤشر «{ $indicator }»: { $why }.
chart = رسم بياني
map = خريطة
no-gap-country = ليس لأي بلد فجوة
no-three-years = ليس لأي بلد أرقام للنساء والرجال لثلاث سنوات
no-two-years = ليس لأي بلد فجوة في سنتين قابلتين للمقارنة
no-group = ليس لأي مجموعة بلدان رقم
counted-apart-title = الأرقام الحديثة حسب الجنس هي لبلدان تضم { $figure1 } من نساء العالم («{ $most }»)، و{ $figure2 } («{ $least }»)
counted-apart-one = الأرقام الحديثة حسب الجنس هي لبلدان تضم { $figure } من نساء العالم («{ $indicator }»)
counted-apart-countries =
    الأرقام الحديثة حسب الجنس متاحة في { $number } من أصل { FORM($number2) ->
        [one] بلد واحد
        [two] بلدين
        [few] { $number2 } بلدان
        [many] { $number2 } بلدًا
       *[other] { $number2 } بلد
    } («{ $indicator }»)
availability-none =
    لا أرقام للنساء والرجال لأي من المؤشرات ({ $figure1 }) في { $number } من أصل { FORM($number2) ->
        [one] بلد واحد
        [two] بلدين
        [few] { $number2 } بلدان
        [many] { $number2 } بلدًا
       *[other] { $number2 } بلد
    }
availability-none-one =
    لا أرقام للنساء والرجال («{ $indicator }») في { $number } من أصل { FORM($number2) ->
        [one] بلد واحد
        [two] بلدين
        [few] { $number2 } بلدان
        [many] { $number2 } بلدًا
       *[other] { $number2 } بلد
    }
availability-some =
    أرقام للنساء والرجال لمؤشر واحد على الأقل من المؤشرات ({ $figure1 }) في { $number } من أصل { FORM($number2) ->
        [one] بلد واحد
        [two] بلدين
        [few] { $number2 } بلدان
        [many] { $number2 } بلدًا
       *[other] { $number2 } بلد
    }
availability-some-one =
    أرقام للنساء والرجال («{ $indicator }») في { $number } من أصل { FORM($number2) ->
        [one] بلد واحد
        [two] بلدين
        [few] { $number2 } بلدان
        [many] { $number2 } بلدًا
       *[other] { $number2 } بلد
    }
availability-part = { $group }، البلدان من { $first } إلى { $last }
availability-part-of-all = البلدان من { $first } إلى { $last }
availability-others = بلدان وأقاليم أخرى
availability-subtitle = أحدث الأرقام حسب البلد؛ الحديث: { $figure } وما بعدها
availability-subtitle-beside = أحدث الأرقام حسب البلد؛ الحديث: السنة المبينة بجانب المؤشر وما بعدها
indicator-since = { $indicator } ({ $figure } وما بعدها)
alt-availability = خريطة حرارية للبلدان حسب المؤشر.
alt-availability-recent = البلدان التي لها أرقام حديثة للنساء وللرجال: { $list }
counted-apart-subtitle = نسبة النساء في بلدان لها أرقام حديثة حسب الجنس؛ ويبين الجدول سنواتها
alt-heat-map = خريطة حرارية للمجموعات حسب المؤشر. العالم: { $list }
heat-map-of-groups-by-indicator = خريطة حرارية للمجموعات حسب المؤشر.
percent-of-women = في المائة من النساء
percent-of-countries = ‎%‎ من البلدان
since-and-later = { $indicator }: أرقام { $figure } وما بعدها.
gaps-note = أعضاء المجموعة والبلدان التي لها أرقام ونسب النساء والرجال المشمولة هي ما في جداول المجموعات.
gaps-title = الأرقام حسب الجنس: نسب البلدان والسكان
gaps-subtitle = البلدان والأقاليم التي لها رقم حديث للنساء وللرجال
newest-title = أحدث الأرقام حسب الجنس، حسب البلد
newest-subtitle = السنة، والنطاق العمري حيثما بيّنه المصدر
total-year = المجموع { $figure }
only-total = رقم لجميع الأشخاص فقط
no-figure-in-sources = لا رقم في المصادر
year-ages = { $figure1 }، { $figure2 }
goal = الغاية: { $figure1 } بحلول { $figure2 } ({ $who })؛ سنة الأساس { $figure3 }
goal-none = لم تحدد غاية لجميع البلدان؛ سنة الأساس { $figure }
not-comparable = قيم { $figure1 } ({ $first }) و{ $figure2 } ({ $second }) غير قابلة للمقارنة.
list-2019-back = لا يُعرف لبعض الأعضاء أو كلهم منذ متى هم كذلك؛ وتُطبق قائمة { $years } على ما قبلها.
list-newest = الأعضاء هم أعضاء قائمة { $years }، وهي الأحدث هنا.
figures-before-rest =
    أرقام { $figure1 } من أصل { FORM($number) ->
        [one] بلد واحد
        [two] بلدين
        [few] { $number } بلدان
        [many] { $number } بلدًا
       *[other] { $number } بلد
    } تعود إلى ما قبل { $figure2 } وتخص { $period }، وأرقام البلدان الأخرى تخص { $period2 }.
figures-before =
    أرقام { $figure1 } من أصل { FORM($number) ->
        [one] بلد واحد
        [two] بلدين
        [few] { $number } بلدان
        [many] { $number } بلدًا
       *[other] { $number } بلد
    } تعود إلى ما قبل { $figure2 } وتخص { $period }.
window-note =
    يدخل كل بلد بأحدث أرقامه خلال { FORM($number) ->
        [one] سنة واحدة
        [two] سنتين
        [few] { $number } سنوات
       *[other] { $number } سنة
    } تنتهي بتلك السنة؛ ويلزم للمجموعة { $share }.
window-note-any =
    يدخل كل بلد بأحدث أرقامه خلال { FORM($number) ->
        [one] سنة واحدة
        [two] سنتين
        [few] { $number } سنوات
       *[other] { $number } سنة
    } تنتهي بتلك السنة؛ وأي نسبة من السكان تعطي رقمًا للمجموعة.
half-of-either = ما لا يقل عن نصف سكان كل من الجنسين
weights-ages =
    تُرجَّح البلدان بالنساء والرجال من { $ages }. ويبيّن هذه الأعمار { $figure } من أصل { FORM($number) ->
        [one] بلد واحد
        [two] بلدين
        [few] { $number } بلدان
        [many] { $number } بلدًا
       *[other] { $number } بلد
    }؛ ولا يبيّن { $figure2 } منها أي أعمار.
weights-none =
    تُرجَّح البلدان بالنساء والرجال من { $ages }: لم يبيّن أي بلد من أصل { FORM($number) ->
        [one] بلد واحد
        [two] بلدين
        [few] { $number } بلدان
        [many] { $number } بلدًا
       *[other] { $number } بلد
    } أعمار رقمه.
age-ranges-differ = تختلف النطاقات العمرية بين البلدان؛ وتدخل الأرقام كما نُشرت.
areas-without-population = المناطق التي لا عدد لسكانها حسب الجنس والعمر، ومعظمها دون 90,000 شخص، ليست في أي رقم؛ ونسب التغطية تخص السكان المعروفين.
groups-no-se = ليس للأرقام المنشورة أخطاء معيارية، فليس لأرقام المجموعات أخطاء معيارية.
groups-se = للمجموعة خطأ معياري إذا كان لجميع بلدانها خطأ معياري.
members-note = أعضاء المجموعة هم أعضاء سنة رقمها، والسنة المالية لمجموعات الدخل؛ وحيثما كانوا من قائمة سنة أخرى تذكر ذلك ملاحظة في الصف. ولا تُحسب المناطق التي لا يقيم فيها أحد إقامة دائمة.
rate-of-all-note = معدل الجميع في المجموعة هو معدل نسائها ورجالها معًا مرجحًا بأعدادهم: من البلدان والسنوات نفسها. ولا يكون معدل البلدان التي تبلغ عن معدل للجميع إلا حيث لا رقم للنساء والرجال. ويضم عمود «المعدل الإجمالي» البلدان ونسب النساء والرجال التي تشملها.
where-no-ages = حيث لا يبين المصدر الأعمار، فالأشخاص من { $ages }، كما في مجموعات البلدان.
not-together = لم يُقدَّر النساء والرجال معًا، فليس للمقارنة خطأ معياري.
zero-or-hundred = أحد المعدلين 0 أو 100 في المائة، فالخطأ المعياري للمقارنة صغير جدًا.
published-source-line = المصدر: { $sources }؛ مجموعات البلدان: تجميع خاص.
published-source-line-quoted = المصدر: { $names }؛ مجموعات البلدان: تجميع خاص.
source-publishers = { $source } ({ $publishers })
published-by-sex = أرقام منشورة حسب الجنس

## Progress
first-and-last = الرقمان الأول والأخير
rules-disagree = تختلف القواعد لأنها تطرح أسئلة مختلفة؛ ولا تتجاوز أي منها ما تسمح به الأرقام. ويحمل الإسقاط الوضع F.
rule-uncertain = حيث لا تذكر قاعدة هل يمكن تمييز الحركة من عدم التغير، فلا أخطاء معيارية، أو أرقام قليلة جدًا، لتبيّن ذلك.
no-result-of = ليس لأي بلد نتيجة في: { $rules } ({ $why }).
target-achieved = تحققت الغاية
target-missed = لم تتحقق الغاية
on-track = على المسار الصحيح
acceleration-needed = يلزم التسريع
limited = محدود
deterioration = تدهور
target-met-or-on-track = تحققت الغاية أو على المسار الصحيح
fair-progress = تقدم مقبول، يلزم التسريع
stagnation = ركود أو تراجع
significant-progress = تقدم كبير
moderate-progress = تقدم متوسط
no-progress = لا تقدم
moderate-deterioration = تدهور متوسط
significant-deterioration = تدهور كبير
maintain = المحافظة
accelerate = التسريع
reverse = عكس الاتجاه
no-gap = لا فجوة
closes = تُسد
closes-later = تُسد بعد مدى الإسقاطات
does-not-close = لا تُسد
remaining = المتبقي { $figure }
remaining-points = 
    المتبقي { FORM($number) ->
          [few] { $number } نقاط
         *[other] { $number } نقطة
     }
required-per-year = المطلوب سنويًا { $figure }
required-per-year-points = 
    المطلوب سنويًا { FORM($number) ->
          [few] { $number } نقاط
         *[other] { $number } نقطة
     }
growth-of = النمو { $figure }
required-growth = النمو المطلوب { $figure }
growth-end-points = النمو بنقطتي الطرف { $figure }
growth-all-points = النمو بجميع النقاط { $figure }
current-status = الوضع الراهن { $figure }
anticipated-gap-percent = الفجوة المتوقعة، في المائة { $figure }
change-points = 
    التغير { FORM($number) ->
          [few] { $number } نقاط
         *[other] { $number } نقطة
     }
change-points-words = 
    التغير { FORM($number) ->
          [few] { $number } نقاط
         *[other] { $number } نقطة
     }: { $words }
change-points-between = التغير من { $figure1 } إلى { $figure2 } نقطة: { $words }
slope-points = 
    الميل { FORM($number) ->
          [few] { $number } نقاط
         *[other] { $number } نقطة
     } في السنة: { $words }
slope-points-between = الميل من { $figure1 } إلى { $figure2 } نقطة في السنة: { $words }
growth-words = النمو { $figure }: { $words }
logit-slope-words = ميل اللوجيت { $figure }: { $words }
rate-words = المعدل { $figure }: { $words }
ratio-of = النسبة { $figure }
level-of = المستوى { $figure }
gap-of = الفجوة { $figure }
gap-points = 
    الفجوة { FORM($number) ->
          [few] { $number } نقاط
         *[other] { $number } نقطة
     }
years-behind = سنوات التأخر { $figure }
year-of-reaching = سنة بلوغ الغاية { $figure }
women-per-year = 
    النساء سنويًا { FORM($number) ->
          [few] { $number } نقاط
         *[other] { $number } نقطة
     }
men-per-year = 
    الرجال سنويًا { FORM($number) ->
          [few] { $number } نقاط
         *[other] { $number } نقطة
     }
required-of-women = 
    المطلوب من النساء سنويًا { FORM($number) ->
          [few] { $number } نقاط
         *[other] { $number } نقطة
     }
deviation-of-base = انحراف سنة الأساس { $figure }
deviation-of-last = انحراف السنة الأخيرة { $figure }
target-deviation = الانحراف المستهدف { $figure }
closed-in = تُسد في { $figure } (F)
gap-in-year = 
    فجوة { $figure }: { FORM($number) ->
          [few] { $number } نقاط
         *[other] { $number } نقطة
     } (F)
year-value = { $figure }: { $value } (F)
year-value-interval = { $figure }: { $value } (F)، الفترة من { $figure1 } إلى { $figure2 }
above-hundred = فوق 100‎%‎
below-zero = دون 0‎%‎
through-a-break = عبر انقطاع
projection = إسقاط
told-apart = يمكن تمييزه من عدم التغير
not-told-apart = لا يمكن تمييزه من عدم التغير
uncertainty-unknown = عدم اليقين غير معروف
not-told = غير مذكور
base-or-before = تنتهي البيانات في { $figure } أو قبلها، ويُحسب التقدم منها
figures-not-comparable = الأرقام غير قابلة للمقارنة
zero-figure = أحد الأرقام 0‎%‎ أو 100‎%‎، والاتجاه المنحني يحتاج إلى أرقام بينهما
zero-figure-year = رقم { $figure1 } هو { $figure2 }، والاتجاه المنحني يحتاج إلى أرقام بين 0‎%‎ و100‎%‎
last-level-before = تُجووز آخر مستوى للنساء قبل بدء السلاسل
men-not-come = لم يبلغ الرجال آخر مستوى للنساء
beyond-horizon = 
    لا يتجاوز أي إسقاط { FORM($number) ->
          [one] سنة واحدة
          [two] سنتين
          [few] { $number } سنوات
         *[other] { $number } سنة
     } بعد آخر رقم
fewer-than-figures = 
    أقل من { FORM($number) ->
          [two] رقمين
          [few] { $number } أرقام
          [many] { $number } رقمًا
         *[other] { $number } رقم
     }
window-too-short = 
    أرقام النافذة تشمل أقل من { FORM($number) ->
          [one] سنة واحدة
          [two] سنتين
          [few] { $number } سنوات
         *[other] { $number } سنة
     }
only-one-figure = 
    رقم واحد فقط يقع في آخر { FORM($number) ->
          [one] سنة واحدة
          [two] سنتين
          [few] { $number } سنوات
         *[other] { $number } سنة
     }
no-common-years = للنساء والرجال أقل من سنتين مشتركتين منذ سنة الأساس
target-met-already = تحققت الغاية بالفعل
base-equals-target = قيمة سنة الأساس تساوي الغاية، فلم يكن أي تغير مطلوبًا
straight-lines = خطان مستقيمان للنساء والرجال
logistic-curve = المنحنى اللوجستي
gompertz-curve = منحنى غومبيرتز
logit-trend = اتجاه اللوجيت
compound-growth = النمو المركب منذ سنة الأساس
distance-to-target = البعد عن الغاية والمعدل المطلوب
change-since-base = التغير منذ سنة الأساس
rate-of-change = معدل التغير
ratio-rule = قاعدة النسبة
expected-value-rule = قاعدة القيمة المتوقعة
anticipated-gap = الفجوة المتوقعة
bands-without-target = نطاقات النمو بلا غاية
natural-limit = الحد الطبيعي
five-bands = 
    خمسة نطاقات، آخر { FORM($number) ->
          [one] سنة واحدة
          [two] سنتين
          [few] { $number } سنوات
         *[other] { $number } سنة
     }
parity-ratio = نسبة التكافؤ
time-distance = البعد الزمني للنساء عن الرجال
closing-of-the-gap = سد الفجوة
three-bands = ثلاثة نطاقات

## Joining
joined-semicolon = { $first }؛ { $rest }
joined-colon = { $first }: { $rest }
joined-comma = { $first }، { $rest }
joined-dot = { $first } · { $rest }
joined-brackets = { $first } ({ $rest })

## Ages
years-of-age = { $figure } سنة
years-and-over = 
    { FORM($number) ->
          [few] { $number } سنوات فأكثر
         *[other] { $number } سنة فأكثر
     }
no-target-set = لم تحدد غاية
no-common-ages = { $name }: { $name2 }: لا نطاق عمريًا مشتركًا بين جميع البلدان ({ $number })؛ وحسب عدد البلدان { $name3 }
totals-not-between = { $name }: { $name2 }: مجاميع لا تعطيها النساء والرجال، أولها { $name3 }: { $figure1 } مع { $figure2 } للنساء و{ $figure3 } للرجال
no-rule-has-result = { $number } من سلاسل بلد وجنس لها رقمان أو أكثر، وليس لأي قاعدة نتيجة لأي منها ({ $why }).
lower = الأدنى
upper = الأعلى
notes-of-the-tables = ملاحظات الجداول
current-status-word = الوضع الراهن

## Charts of stems, ranks, steps and projections
women-ahead = النساء متقدمات
men-ahead = الرجال متقدمون
interval-holds-equality = تساوٍ، أو الفترة تتضمن المساواة
projection-f = F: إسقاط
fan-bands = الأشرطة بعد آخر رقم: فترات التنبؤ عند 50 و80 و95‎%‎.
rank-of = المرتبة { $figure }
rank-of-interval = المرتبة { $figure } ({ $lower } إلى { $upper })
rank-axis-gap = المرتبة، ابتداءً من أكبر فجوة ({ $what })
rank-axis-value = المرتبة، ابتداءً من أكبر قيمة
rank-whiskers = الخطوط الرفيعة: المراتب التي تسمح بها اختبارات جميع الأزواج، { $figure } لها جميعًا معًا.
alt-stems = سيقان من نقطة المساواة، { $what }: { $title }، { $place }
alt-ranks = المراتب مع فتراتها: { $what }
alt-steps = درجات ترتيب للنساء والرجال: { $what }
alt-gaps-without = فجوات من ليست لديهم الخاصية، الرجال ناقص النساء، مع فتراتها: { $what }
alt-stems-countries = سيقان من نقطة المساواة حسب البلد. { $title }. بالنقاط: { $list }
alt-ranks-countries = مراتب الفجوة حسب البلد. { $title }. { $list }
ranked-no-certain = { $indicator }: البلدان حسب حجم الفجوة المبلغ عنها؛ وبدون أخطاء معيارية لا توجد مرتبة مؤكدة
ranked-widest = { $indicator }: أكبر فجوة في { $area }
ranked-widest-may = { $indicator }: أكبر فجوة مبلغ عنها في { $area }، وقد تصل مرتبته إلى { $figure }
fan-title = { $indicator }، النساء والرجال حتى { $figure } إذا استمر اتجاه اللوجيت
fan-subtitle = { $unit } · { $base }؛ F: إسقاط؛ من البلدان ذات الإسقاط، الـ{ $number } ذات أكبر عدد من السنوات حسب الجنس، ثم بالاسم الإنكليزي؛ { $end }
fan-subtitle-plain = { $unit } · { $base }؛ F: إسقاط؛ من البلدان ذات الإسقاط، الـ{ $number } ذات أكبر عدد من السنوات حسب الجنس، ثم بالاسم الإنكليزي
fan-subtitle-one = { $unit } · { $base }؛ F: إسقاط؛ البلد الوحيد ذو الإسقاط
fan-target-short = الغاية { $figure1 } بحلول { $figure2 }، أبعد مما يمكن إسقاطه
target-by = الغاية { $figure1 } بحلول { $figure2 }
target-by-sentence = الغاية: { $figure1 } بحلول { $figure2 }.
alt-fan = خطوط النساء والرجال حسب السنة، مع الإسقاطات. { $list }
alt-fan-women = النساء { $figure1 } في { $figure2 } (الفترة 95‎%‎: { $figure3 } إلى { $figure4 })
alt-fan-men = الرجال { $figure1 } في { $figure2 } (الفترة 95‎%‎: { $figure3 } إلى { $figure4 })
gap-narrower =
    { $indicator }: الفجوة المبلغ عنها في { $figure1 } أضيق منها في { $figure2 } في { $number } من أصل { FORM($number2) ->
        [one] بلد واحد
        [two] بلدين
        [few] { $number2 } بلدان
        [many] { $number2 } بلدًا
       *[other] { $number2 } بلد
    }
men-minus-women-points-base = الرجال ناقص النساء، بالنقاط، { $base }
men-minus-women-pp = الرجال ناقص النساء، بالنقاط المئوية
alt-slope = خطوط من { $figure1 } إلى { $figure2 }. { $title }. بالنقاط: { $list }
slope-item = { $area } { $figure1 } و{ $figure2 }
two-figures = { $figure1 } و{ $figure2 }
groups-title = { $indicator }: أدنى معدل مبلغ عنه للنساء في: { $group }، { $figure }
groups-subtitle = { $unit } · { $base }؛ أحدث الأرقام حتى { $figure }
alt-heat-groups = خريطة حرارية للمجموعات. النساء والرجال: { $list }
women-and-men-by = { $title }، النساء والرجال حسب { $what }
no-trend-country = لا يوجد بلد له اتجاه للنساء وللرجال يمكن إسقاطه
heat-map-word = خريطة حرارية

## Action page
action = العمل
action-not-asked = لا تتضمن هذه الدراسة عدد النساء اللواتي ينبغي ربطهن: فهي لا تطلبه (women_to_parity).
action-no-population = لا تتضمن هذه الدراسة عدد النساء اللواتي ينبغي ربطهن: عدد السكان غير معروف.
action-no-figure = لا تتضمن هذه الدراسة عدد النساء اللواتي ينبغي ربطهن: لم يمكن حساب أي رقم من هذه الأرقام؛ وتذكر ملفات البيانات سبب كل منها.
women-missing-note = النساء اللازمات لبلوغ التكافؤ: عدد النساء الإضافيات اللواتي ينبغي عدّهن ليصبح معدل النساء مساويًا لمعدل الرجال مع بقاء السكان كما هم. ولا نقص حيث تتقدم النساء
women-missing-below-zero = عدد النساء اللازمات لبلوغ التكافؤ دون الصفر: النساء متقدمات
countries-at-most = البلدان: { $number } على الأكثر لكل مؤشر، وهي التي ينقص فيها أكبر عدد من النساء وفق الأرقام المبلغ عنها
women-to-connect = النساء اللواتي ينبغي ربطهن
indicator-area-period = المؤشر والمنطقة والفترة
verdicts-word = الأحكام
series-note = السلسلة هي نساء بلد ما أو رجاله أو جميع سكانه. وتعدّ القاعدة السلاسل التي لها حكم بشأنها؛ وتتضمن جداول التقدم كلًّا منها مع الأسباب حيث لا يوجد حكم
verdicts-reported = تتعلق الأحكام بالأرقام المبلغ عنها؛ وقد تكون التحركات مصادفة حيث لا يُعرف الخطأ المعياري
progress-verdicts = التقدم: عدد السلاسل حسب الحكم
indicator-and-rule = المؤشر والقاعدة
series-judged = السلاسل المُقيَّمة

## Findings of tests adjusted for their number
levels-colon = { $indicator }: النساء { $figure1 }، الرجال { $figure2 }: { $end }
level-of-group = { $value } من { $universe } { $statement }
level-of-women = { $value } من النساء { $statement }
level-of-men = { $value } من الرجال { $statement }
level-of-households = { $value } من الأسر المعيشية { $statement }
single-intervals = { $indicator }: تستبعد الفترات المنفردة المساواة في { $number } من أصل { $figure } من الفئات ({ $groups })، لكن الاختبارات المعدَّلة لعدد الفئات المنظور فيها ({ $figure2 }) لا تؤكد أيًّا من هذه الفجوات
single-intervals-reliable = { $indicator }: تستبعد الفترات المنفردة المساواة في { $number } من أصل { $figure } من الفئات ذات الأرقام الموثوقة ({ $groups })، لكن الاختبارات المعدَّلة لعدد الفئات المنظور فيها ({ $figure2 }) لا تؤكد أيًّا من هذه الفجوات
intervals-support-none = { $indicator }: لا تؤكد الفترات أي فرق بين النساء والرجال في { $among }
women-behind-men-in = { $indicator }: النساء متأخرات عن الرجال في { $among }
men-behind-women-in = { $indicator }: الرجال متأخرون عن النساء في { $among }
either-area = المناطق: { $first } أو { $rest }
among-either-urban-rural = المناطق الحضرية أو الريفية
gaps-run-to = 
    إلى { FORM($number) ->
          [few] { $number } نقاط
         *[other] { $number } نقطة
     }
world-widest-reported = { $start }؛ وأكبر فجوة مبلغ عنها في { $area }، { $by }
world-holds = { $start }؛ ويثبت الفرق في { $which } عند النظر فيها جميعًا معًا؛ { $place }
told-of-known = { $number } من أصل { $figure } لها أخطاء معيارية
world-widest = أكبر فجوة في { $area }، { $by }
world-widest-not-told = أكبر فجوة مبلغ عنها في { $area }، { $by }، ولا تبين الفترات ما إذا كانت هي الأكبر
multiple-method = تستند أعداد الفئات التي تتأخر فيها النساء أو الرجال، والفئة ذات أكبر فجوة، والمراتب إلى اختبارات معدَّلة لعدد الفئات المنظور فيها (هولم)، ولذلك قد تكون أقل من الفترات التي تستبعد المساواة؛ وكل جملة عائلة قائمة بذاتها. وتصح فترات المراتب لجميع الفئات معًا (فروق الأزواج كما في Mogstad وRomano وShaikh وWilhelm 2024 بطريقة هولم)؛ وتُقارن فئات المسح الواحد بمجموع أخطائها المعيارية لأن تغايرها غير معروف هناك.

## Comparisons
changes-between-rounds = التغيرات بين الجولات
contrasts-word = المقارنات
contrast-word = المقارنة
contrasts-single = مقارنات بين أرقام منفردة
log-ratio = لوغاريتم النسبة
lower-gap-without = القيمة الأدنى أفضل هنا: الفجوة هي في نسبة النساء والرجال الذين ليست لديهم الخاصية
bold-two = الخط العريض: يختلف عن المساواة (بين النساء والرجال أو بين الرقمين) بأكثر من فترته؛ ولا تكتب به الأرقام ذات الموثوقية المنخفضة أبدا
bold-one = الخط العريض: يختلف عن المساواة بأكثر من فترته؛ ولا تكتب به الأرقام ذات الموثوقية المنخفضة أبدا
compared-before-rounding = تُقارن الأرقام قبل التقريب
shares-percent-points = النسب في المائة وفروقها بالنقاط
difference-ratio-note = الفرق: الأول ناقص الثاني؛ النسبة: الأول على الثاني
first-word = الأول
second-word = الثاني
figure-word = الرقم
result-word = النتيجة
share-who-all = نسبة الذين { $statement }
share-who-women = نسبة النساء اللواتي { $statement }
share-who-men = نسبة الرجال الذين { $statement }
of-women = { $indicator } للنساء
of-men = { $indicator } للرجال
rose-by = { $what }: ارتفاع بمقدار { $by }
fell-by = { $what }: انخفاض بمقدار { $by }
no-change-of = لا تغير تؤكده الفترة في { $what }، { $by }
gap-moved-against = تحركت الفجوة في غير صالح النساء بمقدار { $by }
gap-moved-favour = تحركت الفجوة لصالح النساء بمقدار { $by }
no-change-gap = لا تغير في الفجوة تؤكده الفترة، { $by }
place-from-to = { $place }، من { $figure1 } إلى { $figure2 }: { $end }
change-from-to = التغير من { $figure1 } إلى { $figure2 }
change-note = التغير: { $figure1 } ناقص { $figure2 }؛ { $rounds }
rounds-shared = تشترك الجولتان في وحدات المعاينة الأولية ويُراعى تغايرهما
rounds-independent = الجولتان عينتان مستقلتان
change-gap-note = تغير الفجوة: فوق الصفر تحركت في غير صالح النساء
against = { $first } مقابل { $second }
contrast-note = { $what }؛ الفئتان من عينة واحدة ويُراعى تغايرهما
minus = { $first } ناقص { $second }
over = { $first } على { $second }
minus-over = { $first } ناقص { $second }، على { $third }
ln-over = اللوغاريتم الطبيعي لـ { $first } على { $second }
not-same-change = لا تقيس المسوح الشيء نفسه، فالفرق يرجع جزئيًا إلى القياس: { $what }
not-same-pool = لا تقيس المسوح المجمّعة الشيء نفسه: { $what }
who-is-covered = المشمولون
who-in-base = من في القاعدة
which-answers-count = الإجابات التي تُعد إيجابية
which-missing-stay = الإجابات الناقصة التي تبقى في القاعدة
how-coded = كيفية ترميز الإجابات
approximation-word = تقريب
as-defined = وفق التعريف
no-note = بلا ملاحظة
not-stating = يُستبعد من لا يذكر «{ $concept }»
pool-of = تجميع { $names }
pool-design = تجميع عينات مستقلة؛ { $weights }
pool-equal = لكل مسح الوزن نفسه
pool-population = يُحسب كل مسح بعدد السكان الذي تذكره الدراسة
pool-own = أوزان المسوح نفسها، مع طبقات داخل كل مسح
pool-populations-fixed = يعتبر التجميع أعداد السكان معروفة دون خطأ.
pool-method = التجميع: أرقام المسوح مضروبًا كل منها في حجمه على مجموع الأحجام؛ والعينات مستقلة وللحجم المقدَّر تباينه الخاص. ولا يُعرض رقم مجمَّع إلا إذا لم يترتب عليه رقم محجوب في أحد المسوح
changes-method = التغيرات والمقارنات: تُجمع تباينات العينات المختلفة بدرجات حرية ساترثويت؛ ولأرقام العينة الواحدة تغايرها. ولا يُعرض أي منها إلا إذا عُرض رقماه
pools-changes-contrasts-b = التجميعات والتغيرات والمقارنات

## Methods of other designs and estimators
cannot-be-had = { $place }: يتعذر الحصول عليه لأن { $why }
approximated-for = { $place }: تقريبي: { $proxy }
own-rule = { $place } يتبع قاعدته الخاصة: { $rule }
known-without-error = { $place }: { $population }؛ وعدد السكان معدود معروفًا دون خطأ
quantile-math = المئين المرجَّح: أصغر قيمة لا تتجاوزها نسبة { $figure } أو أكثر من القاعدة ({ $who })
quantile-rule = المئين المرجَّح باحتمال { $figure } على القاعدة ({ $who }) وفق القاعدة { $name } (Hyndman وFan 1996، مع تعميمها على الأوزان)
quantile-variance = وتباينه هو تباين المئينات بأوزان التكرار
quantile-woodruff = وفترته هي فترة وودراف: { $share } للنسبة التي لا تتجاوزه معكوسة؛ وخطؤه المعياري نصف عرض الفترة على t
the-t-interval = فترة t
the-method-interval = فترة { $name }
weighted-share-b = النسبة المرجَّحة: أوزان المعدودين ({ $who }) على أوزان القاعدة
weighted-mean-b = المتوسط المرجَّح على القاعدة ({ $who })
variance-is-both = تباين القيم الخطية بين وحدات المعاينة الأولية في كل طبقة أو، حيث للمسح أوزان تكرار، تباين الأرقام بتلك الأوزان
weights-only = { $place }: لا يبين ملفه العناقيد، فالأخطاء المعيارية تُظهر أثر الأوزان غير المتساوية فقط
df-where-replicated = { $df }؛ وحيث للمسح أوزان تكرار، { $rank }
arcsine-root = القوس الجيبي للجذر التربيعي
likelihood-scaled = الإمكان الجانبي، معدَّلًا بأثر التصميم
lonely-fail = الطبقة ذات الوحدة الواحدة توقف الحساب
lonely-remove = الطبقة ذات الوحدة الواحدة لا تسهم في التباين
lonely-certain = الطبقة ذات الوحدة الواحدة أُخذت بيقين
lonely-centred = الطبقة ذات الوحدة الواحدة تُمركز عند متوسط جميع الوحدات
lonely-average = الطبقة ذات الوحدة الواحدة تسهم بمتوسط الطبقات الأخرى
lonely-within = { $lonely }، وكذلك حيث لا يترك إلا الفئة وحدة واحدة
taylor-b = تقريب تايلور الخطي؛ { $lonely }
replicates-file = أوزان التكرار في الملف ({ $kind }، الانحرافات عن { $centre })
replicates-made = أوزان تكرار مُنشأة من الطبقات والوحدات ({ $kind }، الانحرافات عن { $centre })؛ { $lonely }
full-sample = العينة الكاملة
mean-of-replicates = متوسط التكرارات
brr = التكرار المتوازن المتكرر
brr-fay = التكرار المتوازن المتكرر وفق فاي
brr-fay-factor = التكرار المتوازن المتكرر وفق فاي بالمعامل { $figure }
jk1 = جاكنايف بحذف وحدة
jk2 = جاكنايف الأزواج
jkn = جاكنايف طبقي
jkn-delete = جاكنايف طبقي بحذف وحدة
bootstrap = بوتستراب
rao-wu = 
    بوتستراب راو–وو بعدد { FORM($number) ->
          [few] { $number } تكرارات
          [many] { $number } تكرارًا
         *[other] { $number } تكرار
     }، البذرة { $figure }
successive = الفروق المتعاقبة
successive-acs = الفروق المتعاقبة كما في American Community Survey
own-method = طريقة خاصة بالمسح
with-scale = { $kind }، المقياس { $figure }
weight-divided = الوزن { $name } مقسومًا على { $figure }
weight-column = الوزن { $name }
weights-fpc = أوزان من المجتمعات المنتهية
no-weights = بلا أوزان
no-strata = بلا طبقات
strata-of = الطبقات { $name }
drawn-one-by-one = { $rows } مسحوبة واحدًا واحدًا
clusters-not-given = العناقيد غير مذكورة في الملف، فالأخطاء المعيارية تُظهر أثر الأوزان فقط دون أثر العناقيد؛ وتُعد { $rows } مسحوبة واحدًا واحدًا
psu-of = وحدات المعاينة الأولية { $name }
numbered-within = مرقّمة داخل الطبقات
finite-population = المجتمع المنتهي { $name }
stage-of = المرحلة { $figure }: { $what }
units-of = الوحدات { $name }
own-weights-sexes = للنساء والرجال أوزان خاصة؛ وتُجمع أرقام الجنسين حسب عدد السكان
weights-step = الأوزان { $step }
fixed-for-rows = { $name1 } يساوي { $name2 } لكل صف
else-is-no-answer = كل ما عدا ذلك = بلا إجابة
else-is-dont-know = كل ما عدا ذلك = لا أعرف
else-is-refused = كل ما عدا ذلك = رفض الإجابة
else-is-not-applicable = كل ما عدا ذلك = لا ينطبق
else-is-not-asked = كل ما عدا ذلك = لم يُطرح
everything-else = كل ما عدا ذلك = { $name }
from-column-times = { $name1 } من العمود { $name2 } مضروبًا في { $figure }
from-column-plain = { $name1 } من العمود { $name2 }
from-column-label = { $name1 } من العمود { $name2 } حسب التسمية: { $codes }
made-of-bands = { $name1 } مكوّن من شرائح { $name2 }
counts-how-many = { $name1 } يعدّ كم من { $name2 } يساوي { $name3 }
follows-from = { $name } مشتق من مفاهيم أخرى وفق قاعدة السجل
weighted-groups = 
    { $name1 } مكوّن من { FORM($number) ->
          [two] فئتين مرجَّحتين
          [few] { $number } فئات مرجَّحة
         *[other] { $number } فئة مرجَّحة
     } من { $name2 }
verdict-both-included = الحكم وفق المجموعة «{ $set }» ({ $figure } إلى { $figure2 }، كلاهما مشمول) مطبَّقًا على { $of } قبل التقريب
verdict-from = الحكم وفق المجموعة «{ $set }» (من { $figure }) مطبَّقًا على { $of } قبل التقريب
definition-is = التعريف: { $what }
population-of-base = سكان القاعدة
taken-as-known = { $what }، وعددهم معدود معروفًا دون خطأ: { $population }

## Analyses
analyses = التحليلات
cases-of = 
    { FORM($number) ->
          [one] حالة غير مرجحة واحدة
          [two] حالتان غير مرجحتان
          [few] { $number } حالات غير مرجحة
         *[other] { $number } حالة غير مرجحة
     }
left-out-b = المستبعدة: { $number }، بلا إجابة أو خارج الفئات
design-df = درجات حرية التصميم: { $figure }
normal-quantiles = مئينات التوزيع الطبيعي
no-result = لا نتيجة: { $why }
low-reliability-group = 
    موثوقية منخفضة: لإحدى الفئات أقل من { FORM($number) ->
          [one] حالة غير مرجحة واحدة
          [two] حالتين غير مرجحتين
          [few] { $number } حالات غير مرجحة
         *[other] { $number } حالة غير مرجحة
     }.
low-reliability-source = موثوقية منخفضة: يعطي المصدر الوضع U.
withheld-whole-cases = 
    محجوب بالكامل: لإحدى فئاته أقل من { FORM($number) ->
          [one] حالة غير مرجحة واحدة
          [two] حالتين غير مرجحتين
          [few] { $number } حالات غير مرجحة
         *[other] { $number } حالة غير مرجحة
     }
withheld-whole-derived = محجوب بالكامل: يستند إلى فئة محجوبة في الجداول
withheld-whole-other = محجوب بالكامل: يمكن استنتاج رقم محجوب منه
withheld-marked = الأرقام المحجوبة مؤشَّر عليها في الجداول وملفات البيانات.
withheld-why-untold = لا يُذكر سبب حجب كل منها: فإلى جانب حالات المجموعات المجاورة قد يضيّق ذلك ما تخفيه.
withheld-whole-pooled = محجوب بالكامل: يكشف تجميع المسوح عن مجاميع تتضمن أرقامًا محجوبة، وقد يكشف هذا عن الحدود الأخرى
ci-t = فترات الثقة { $figure }: القيمة ± t × الخطأ المعياري
p-below = قيمة p أقل من { $figure }: فإحصاء بهذا الكبر نادر في حالة { $what }. وهي تؤيد وجود ارتباط في المجتمع ولا تدل على سبب
holm-p-below = قيمة p المعدلة بطريقة هولم أقل من { $figure }: فإحصاء بهذا الكبر نادر في حالة { $what }. وهي تؤيد وجود ارتباط في المجتمع ولا تدل على سبب
p-not-below = قيمة p ليست أقل من { $figure }: لا تميّز العينة هذا عن { $what }، وليس ذلك دليلًا على { $whether }
holm-p-not-below = قيمة p المعدلة بطريقة هولم ليست أقل من { $figure }: لا تميّز العينة هذا عن { $what }، وليس ذلك دليلًا على { $whether }
p-not-below-difference = قيمة p ليست أقل من { $figure }: لا تميّز العينة هذا عن عدم وجود فرق، وليس ذلك دليلًا على عدم وجوده
holm-p-not-below-difference = قيمة p المعدلة بطريقة هولم ليست أقل من { $figure }: لا تميّز العينة هذا عن عدم وجود فرق، وليس ذلك دليلًا على عدم وجوده
independence = الاستقلال
no-difference = عدم وجود فرق
none-word = لا شيء
tests-holm = 
    تعرض الدراسة { FORM($number) ->
          [two] اختبارين
          [few] { $number } اختبارات
          [many] { $number } اختبارًا
         *[other] { $number } اختبار
     }: قيمة p (هولم) معدَّلة لها جميعًا (Holm 1979)
one-test = اختبار واحد في الدراسة: لا تعديل لتعدد الاختبارات
coefficients-note = المعاملات ارتباطات بالنتيجة مع ثبات الحدود الأخرى، وليست آثارًا؛ وقيم p لها غير معدَّلة لعدد المعاملات
term-word = الحد
part-word = الجزء
by-word = حسب
coefficient = المعامل
per-cent-or-own = في المائة أو بوحدته الخاصة
per-cent-or-points = في المائة أو بالنقاط
variance-word = التباين
odds-ratio = نسبة الأرجحية
numerator-df = درجات حرية البسط
denominator-df = درجات حرية المقام
df-word = درجات الحرية
p-word = p
p-holm = p (هولم)
share-of-gap = نسبة من الفجوة، في المائة
variance-imputation = التباين الناجم عن الاحتساب، في المائة
no-case = لا حالة
cannot-of-cases = يتعذر الحصول عليه من هذه الحالات
title-independence = { $indicator }: الاستقلال عن { $what }
title-difference-by = { $indicator }: الفرق حسب { $what }
title-difference-from = { $indicator }: الفرق عن { $figure }
title-logistic = { $indicator }: انحدار لوجستي على { $what }
title-linear = { $indicator }: انحدار خطي على { $what }
title-gap-by = { $indicator }: الفجوة بين النساء والرجال حسب { $what }
title-standardised = { $indicator }، موحّد حسب { $what }
title-by-standardised = { $indicator } حسب { $by }، موحّد حسب { $what }
title-by = { $indicator } حسب { $what }
title-variance = { $indicator }: التباين
title-variance-by = { $indicator }: التباين حسب { $what }
only-rows-with = الصفوف التي فيها { $what } فقط؛ وتبقى جميع وحدات المعاينة في التباين
concept-is = «{ $what }» = «{ $code }»
gap-men-minus-women = الفجوة، الرجال ناقص النساء
gap-men-minus-women-of = الفجوة، الرجال ناقص النساء: { $what }
rate-of-women = معدل النساء
rate-of-men = معدل الرجال
goes-with-composition = يقترن بالتركيب
goes-with-rates = يقترن بالمعدلات في الفئة نفسها
three-composition = ثلاثة أجزاء: التركيب
three-rates = ثلاثة أجزاء: المعدلات
three-interaction = ثلاثة أجزاء: التفاعل
gap-includes-zero = تتضمن فترة الفجوة 0، فلا تُعطى نسب منها: لأنها قسمة على عدد قد يكون معدومًا
all-complement = القيمة الأدنى أفضل: جميع الأرقام للمتمم، أي 1 ناقص المعدل
parts-describe = تصف الأجزاء ما تقترن به الفجوة ولا تفسرها. والفئة التي يفتقر إليها أحد الجنسين تُحسب تركيبًا فقط
kitagawa = تفكيك كيتاغاوا (1955) لمعدل الرجال ناقص معدل النساء إلى تركيب ومعدلات، وثلاثة أجزاء وفق Winsborough وDickinson (1971)؛ والأخطاء المعيارية بالتقريب الخطي وفق التصميم
means-together = نسب أو متوسطات مقدَّرة معًا، مع تغايرها وفق التصميم
linear-method = انحدار خطي مرجَّح؛ تغاير ساندويتش وفق التصميم (Binder 1983)، وt بدرجات حرية التصميم زائد 1 ناقص عدد المعاملات
logistic-method = انحدار لوجستي مرجَّح؛ المعاملات لوغاريتمات نسب الأرجحية، وتغاير ساندويتش وفق التصميم (Binder 1983)، وt بدرجات حرية التصميم زائد 1 ناقص عدد المعاملات
is-compared-with = { $what } يُقارن مع «{ $code }»
constant-word = الثابت
rao-scott-1 = اختبار راو–سكوت للاستقلال من الرتبة الأولى: X² لبيرسون مقابل χ² مضروبًا في متوسط أثر التصميم (Rao وScott 1984)
rao-scott-2 = اختبار راو–سكوت للاستقلال من الرتبة الثانية (Rao وScott 1984؛ Thomas وRao 1987)
wald-test = اختبار والد للاستقلال وفق التصميم (Koch وFreeman وFreeman 1975)
t-two-means = اختبار t للفرق بين متوسطين وفق التصميم (svyttest في R)؛ وتغاير الفئتين داخل في خطئه المعياري
t-one-mean = اختبار t لمتوسط واحد وفق التصميم (svyttest في R)
standardised-word = موحّد
crude-word = خام
standard-composition = المعيار: تركيب ({ $what }) جميع صفوف التحليل، ويُعتبر معروفًا دون خطأ
standardise-method = توحيد مباشر (Korn وGraubard 1999، §3.7)؛ والأخطاء المعيارية بالتقريب الخطي وفق التصميم

## Diagnostics of surveys
zero-weight-one = صف واحد وزنه 0: لا يدخل في أي تقدير، لكن وحدة معاينته الأولية محسوبة.
zero-weight-many = 
    { FORM($number) ->
          [two] صفان وزنهما 0: لا يدخلان في أي تقدير، لكن وحدات معاينتهما الأولية محسوبة.
          [few] { $number } صفوف وزنها 0: لا تدخل في أي تقدير، لكن وحدات معاينتها الأولية محسوبة.
          [many] { $number } صفًا وزنها 0: لا تدخل في أي تقدير، لكن وحدات معاينتها الأولية محسوبة.
         *[other] { $number } صف وزنها 0: لا تدخل في أي تقدير، لكن وحدات معاينتها الأولية محسوبة.
     }
single-psu-one = لطبقة واحدة وحدة معاينة أولية واحدة؛ { $end }
single-psu-many = 
    { FORM($number) ->
          [two] طبقتان لكل منهما
          [few] { $number } طبقات لكل منها
         *[other] { $number } طبقة لكل منها
     } وحدة معاينة أولية واحدة؛ { $end }
group-psu-one = لطبقة واحدة صفوف من هذه الفئة في وحدة معاينة أولية واحدة؛ { $end }
group-psu-many = 
    { FORM($number) ->
          [two] طبقتان لكل منهما
          [few] { $number } طبقات لكل منها
         *[other] { $number } طبقة لكل منها
     } صفوف من هذه الفئة في وحدة معاينة أولية واحدة؛ { $end }
psu-removed-one = لا تسهم في التباين، فهو لذلك أصغر مما ينبغي
psu-removed-many = لا تسهم في التباين، فهو لذلك أصغر مما ينبغي
psu-certain-one = تُعد مأخوذة بيقين ولا تسهم في التباين
psu-certain-many = تُعد مأخوذة بيقين ولا تسهم في التباين
psu-centred-one = تُمركز عند متوسط جميع وحدات المعاينة الأولية
psu-centred-many = تُمركز عند متوسط جميع وحدات المعاينة الأولية
psu-average-one = تسهم بمتوسط تباين الطبقات الأخرى
psu-average-many = تسهم بمتوسط تباين الطبقات الأخرى
fpc-of-one-one = لطبقة واحدة مجتمع منتهٍ يساوي 1 تمامًا وليس لأي طبقة أكبر منه: فيُعتبر كسر المعاينة، وتُعد جميع الوحدات معاينة ولا تضيف تباينًا.
fpc-of-one-many = 
    { FORM($number) ->
          [two] طبقتان لكل منهما
          [few] { $number } طبقات لكل منها
         *[other] { $number } طبقة لكل منها
     } مجتمع منتهٍ يساوي 1 تمامًا وليس لأي طبقة أكبر منه: فيُعتبر كسر المعاينة، وتُعد جميع الوحدات معاينة ولا تضيف تباينًا.
later-stages-out = أوزان التكرار المُنشأة لا تتضمن إلا تباين المرحلة الأولى: وتُترك المراحل اللاحقة من التصميم وقد تكون الأخطاء المعيارية أصغر مما ينبغي.
negative-weight-one = صف واحد وزنه سالب بعد المعايرة الخطية (أصغر معامل وزن { $figure }): قد تخرج أرقام الفئات الصغيرة عن مقياسها فتُعد ناقصة.
negative-weight-many = 
    { FORM($number) ->
          [two] صفان وزنهما سالب
          [few] { $number } صفوف وزنها سالب
          [many] { $number } صفًا وزنها سالب
         *[other] { $number } صف وزنها سالب
     } بعد المعايرة الخطية (أصغر معامل وزن { $figure }): قد تخرج أرقام الفئات الصغيرة عن مقياسها فتُعد ناقصة.
methods-keep-above = تُبقي الطريقتان `bounded_linear` و`raking` الأوزان فوق 0.
no-psu-identified = لا تحدد البيانات وحدات المعاينة الأولية: يُعد كل صف وحدة، ولا تتضمن الأخطاء المعيارية أثر العناقيد.
replicates-leave-one = يترك أحد أوزان التكرار هذه الفئة بلا صفوف؛ ويستند الخطأ المعياري إلى الأوزان الأخرى.
replicates-leave-many = يترك { $number } من أوزان التكرار هذه الفئة بلا صفوف؛ ويستند الخطأ المعياري إلى الأوزان الأخرى.
every-replicate-leaves = يترك كل وزن تكرار هذه الفئة بلا صفوف، ولذلك لا يُعرف خطؤها المعياري.
nobody-has = لا أحد في هذه الفئة له الخاصية: الخطأ المعياري 0 والفترة هي الفترة الدقيقة لعدد الصفوف.
everybody-has = للجميع في هذه الفئة الخاصية: الخطأ المعياري 0 والفترة هي الفترة الدقيقة لعدد الصفوف.
every-stratum-single = لكل طبقة فيها صفوف من هذه الفئة وحدة معاينة أولية واحدة، فلا خطأ معياري.
all-rows-one-psu = جميع صفوف هذه الفئة في وحدة معاينة أولية واحدة، ولذلك لا يُعرف خطؤها المعياري.
single-row = لهذه الفئة صف واحد، ولذلك لا يُعرف خطؤها المعياري.
replicates-same-calibration = تعطي جميع أوزان التكرار الرقم نفسه، لأن المعايرة تثبّته أو لأنها لا تختلف في هذه الفئة: خطؤه المعياري 0.
replicates-same = لا تختلف أوزان التكرار في هذه الفئة: تعطي جميعها الرقم نفسه، فخطؤه المعياري 0.
replicates-multiples = أوزان التكرار لهذه الفئة مضاعفات بعضها لبعض، فلا تبقى درجة حرية ولا فترة.
psu-as-strata = لهذه الفئة من وحدات المعاينة الأولية بعدد الطبقات فقط، فلا فترة.
open-quantile = تتجاوز فترة هذا المئين أصغر قيمة أو أكبرها، فلا خطأ معياري.
head-counts-fixed = تعتبر أعداد الأشخاص عدد السكان معروفًا دون خطأ.
covariance-not-known = تغاير النساء والرجال غير معروف في كل بلد، فلا خطأ معياري للفجوة وما يترتب عليها.
countries-independent = البلدان عينات مستقلة؛ ويُعتبر عدد السكان معروفًا دون خطأ.
complement-compared = القيمة الأدنى أفضل: تُقارن النساء والرجال على المتمم (100 ناقص المعدل).
populations-stand-for = تحل أعداد السكان لعام { $figure1 } محل أعداد { $figure2 }.
breakdown-left-out = { $name1 } ليس فيه { $name2 }: يُستبعد التوزيع حسب { $name3 } له
cells-changed = عُدّل { $name } بعد إعداد الخلايا؛ والأرقام أرقام الخلايا. أعِد إعدادها للحصول على أرقام الملف.
groups-not-countries = تخص مجموعات أو أجزاء من بلدان أو دولًا سابقة ولا تُستخدم: فالمجاميع تُعدّ من البلدان.
figures-of-what = { $name }: أرقام { $name2 } ({ $number }) { $what }
unit-jump = { $name }: { $name2 }: قيم سلسلة واحدة تبلغ في فترة نحو { $figure } مثل ما هي عليه في الفترة المجاورة، أولها { $name3 } من { $figure1 } إلى { $figure2 }؛ تحقق مما إذا كانت الوحدة قد تغيرت
missing-status-value = { $name }: { $name2 }: القيم ذات الوضع { $name3 } (مفقودة) لا تُستخدم
bounds-beyond = { $name }: { $name2 }: الحدود خارج { $figure1 } إلى { $figure2 } تنتهي عند ذلك
se-beyond = { $name }: { $name2 }: الأخطاء المعيارية الأكبر من المقياس، { $figure1 } إلى { $figure2 }، لا تُستخدم
unit-of-sexes = { $name }: { $name2 }: قيم للنساء والرجال تبلغ إحداها نحو 100 مثل الأخرى، أولها { $name3 } { $name4 }: { $figure1 } و{ $figure2 }؛ يُرجى التحقق مما إذا كانت إحداها كسرًا
further-than-sex = مفصّلة بأكثر من الجنس ولا تُستخدم.
wider-age-range = تخص بلدانًا وفترات لها نطاق عمري أوسع، وهو المستخدم.
ages-apart = لا تذكر الأعمار أو تخص جنسًا واحدًا، في حين تُستخدم أرقام أعمار أخرى: لا تُقارن نساء ورجال من أعمار مختلفة.
sources-apart = تخص نساء ورجالًا من مصادر مختلفة: تُعرض ولا تُحسب منها فجوة ولا رقم لمجموعة.
different-sources = بيانات النساء والرجال من مصادر مختلفة
no-shares-unit = ليست نسبًا ولا تُستخدم.
number-for-year = لها عدد بدل السنة ولا تُستخدم.
approximated-some = تقريبي لبعض البلدان: { $text }
figures-of-year = كل بلد بأرقامه لتلك السنة

## Families of indicators
activity-individuals = نشاط على الإنترنت: الأفراد الذين { $what }
activity-users = نشاط على الإنترنت: مستخدمو الإنترنت الذين { $what }
skill-individuals = مهارة: الأفراد الذين { $what }
not-using-because = لا يستخدمون الإنترنت، السبب: { $what }
individuals-not-using = الأفراد غير المستخدمين للإنترنت: { $what }
no-internet-because = ليس لديهم إنترنت في المنزل، السبب: { $what }
households-without-internet = الأسر المعيشية بلا إنترنت: { $what }
no-account-because = ليس لديهم حساب، السبب: { $what }
no-mobile-account-because = ليس لديهم حساب أموال عبر الهاتف المحمول، السبب: { $what }
adults-no-account-because = البالغون بلا حساب في مؤسسة مالية، السبب: { $what }
adults-no-mobile-because = البالغون بلا حساب أموال عبر الهاتف المحمول، السبب: { $what }
skills-above-basic-by = الأفراد ذوو المهارات فوق الأساسية: { $what } ({ $name })
skills-basic = الأفراد ذوو المهارات الأساسية على الأقل: { $what }
have-skills-above = لديهم مهارات فوق الأساسية في { $what }
have-skills-basic = لديهم مهارات أساسية على الأقل في { $what }
have-skills-areas = لديهم مهارات أساسية على الأقل في { $number } من أصل 5 مجالات
individuals-skills-areas = الأفراد ذوو المهارات الأساسية على الأقل في { $number } من أصل 5 مجالات (الاتحاد الدولي للاتصالات)
version-of-institution = { $what } ({ $name })
says-that = السبب المذكور: { $what }
says-that-they = السبب المذكور: { $what }
says-that-members = السبب الذي تذكره الأسرة المعيشية: { $what }
did-one-of-area = مارس نشاطًا واحدًا على الأقل من مجال: { $what }
did-two-of-area = مارس نشاطين أو أكثر من مجال: { $what }
did-three-of-area = مارس ثلاثة أنشطة أو أكثر من مجال: { $what }
level-in-areas = مستوى أساسي على الأقل في { $number } من أصل 5 مجالات
level-in-skill-areas = مستوى أساسي على الأقل في { $number } من أصل 5 مجالات للمهارات
skill-level-of = مستوى المهارة: { $what } ({ $who })
activities-done = الأنشطة الممارسة: { $what }
broadband-per-100 = اشتراكات النطاق العريض الثابت لكل 100 نسمة، { $what }
broadband-faster = اشتراكات النطاق العريض الثابت { $what }
have-broadband = لديهم نطاق عريض ثابت { $what }
population-covered = السكان المشمولون بشبكة متنقلة، { $name } على الأقل
live-within-range = يعيشون ضمن تغطية شبكة { $name }
lives-within-range = يعيش ضمن تغطية شبكة متنقلة من { $name } على الأقل

## Published figures that cannot be compared, with what their sources say
not-comparable-both = قيمتا { $figure1 } ({ $first }؛ { $name1 }؛ { $remark1 }) و{ $figure2 } ({ $second }؛ { $name2 }؛ { $remark2 }) غير قابلتين للمقارنة
not-comparable-first = قيمتا { $figure1 } ({ $first }؛ { $name1 }؛ { $remark1 }) و{ $figure2 } ({ $second }؛ { $name2 }) غير قابلتين للمقارنة
not-comparable-second = قيمتا { $figure1 } ({ $first }؛ { $name1 }) و{ $figure2 } ({ $second }؛ { $name2 }؛ { $remark2 }) غير قابلتين للمقارنة
not-comparable-sources = قيمتا { $figure1 } ({ $first }؛ { $name1 }) و{ $figure2 } ({ $second }؛ { $name2 }) غير قابلتين للمقارنة
one-rate-no-se = ليس لمعدل النساء أو الرجال خطأ معياري، فليس للمقارنة خطأ معياري كذلك.
over-time-plain = { $unit } · { $base }؛ البلدان الـ{ $number } ذات أكبر عدد من السنوات حسب الجنس، ثم بالاسم الإنكليزي
source-line-quoted = المصدر: { $names }.

## Countries, progress and calibration
weights-stated = تُرجَّح البلدان بعدد النساء والرجال في الأعمار التي تذكرها أرقامها.
weights-covered = تتعلق النسب المشمولة بما يلي: { $ages }.
weights-state-none =
    لا تذكر أرقام { $figure1 } من أصل { FORM($number) ->
        [one] بلد واحد
        [two] بلدين
        [few] { $number } بلدان
        [many] { $number } بلدًا
       *[other] { $number } بلد
    } أي أعمار: فتُرجَّح حسب { $ages }، وتتعلق النسب المشمولة بهذه الأعمار.
ages-defined = { $ages }، وفق تعريف المؤشر
ages-of-most = { $ages }، وهي السن التي تبدأ منها أرقام أكبر عدد من البلدان
where-no-ages-stated = حيثما لا يذكر المصدر أعمارًا، يكون الأشخاص من: { $ages }.
persons-of-covered = أعداد الأشخاص في المجموعات هي أعداد البلدان التي لها أرقام؛ ولا يُحسب أحد من البلدان الأخرى.
rate-of-all-countries = المعدل الإجمالي: البلدان والتغطية
lines-leave-scale = يخرج الخطان المستقيمان للنساء والرجال عن النطاق من 0‎%‎ إلى 100‎%‎ قبل ذلك
gap-closes-before = تُسد الفجوة قبل ذلك ولا تُسقط بعده
no-gap-projected = النساء غير متأخرات، ولذلك لا تُسقط أي فجوة
differ-in-ages = الأرقام لأعمار مختلفة وغير قابلة للمقارنة
differ-by-break = يشير المصدر إلى انقطاع، والأرقام قبله وبعده غير قابلة للمقارنة
differ-in-source = تختلف الأرقام في المصدر أو التعريف أو الفترة المرجعية وهي غير قابلة للمقارنة
population-includes = يشمل عدد سكان { $place1 } عدد سكان { $place2 }.
target-year-passed-reason = مضت سنة الغاية { $figure }
sources-by-sex = مصادر الأرقام حسب الجنس
too-many-missing = أكثر من ثلث البلدان بلا رقم، وهو عدد أكبر من أن يسمح بجمع
confidential-reason = يحجبه مصدره
fixed-by-calibration = تثبّت المعايرة هذا الرقم، ولذلك خطؤه المعياري 0.
trend-does-not-reach = لا يبلغ الاتجاه الغاية
target-at-an-end = الغاية هي طرف المقياس، والمنحنى يقترب منها ولا يبلغها أبدًا
zero-taken-as = لا نمو انطلاقًا من الصفر، فيؤخذ على أنه { $figure }
thresholds-of-parity = حدود نسب التكافؤ: { $set }. التكافؤ نسبة بين { $figure1 } و{ $figure2 }، والغاية انحراف قدره { $figure3 } في { $figure4 }.
off-scale = أعطت المعايرة «{ $group }» أوزانًا سالبة ورقمًا خارج مقياسه؛ وتبقي الطريقتان `bounded_linear` و`raking` الأوزان فوق 0
no-model-negative = أعطت المعايرة بعض صفوفه أوزانًا سالبة لا يُقدَّر بها أي نموذج؛ وتبقي الطريقتان `bounded_linear` و`raking` الأوزان فوق 0
no-value-because = لا قيمة: { $why }
no-standardised-because = لا معدل موحد: { $why }
not-in-standard-one = «{ $group }» ليست في السكان المعياريين: استُبعدت حالتها الوحيدة
not-in-standard = «{ $group }» ليست في السكان المعياريين: استُبعدت حالاتها ({ $number })

## Diagnostics of files of published figures
series-not-read = سلاسل أو فئات لا تقرؤها الوصفة
year-outside = سنة ليست بين 1900 و2100؛ يُتحقق مما إذا كانت تاريخًا
dates-for-years = تُؤخذ التواريخ على أنها سنواتها؛ يُتحقق مما إذا كانت السنوات معروضة كتواريخ
values-suppressed = { $name }: { $name2 }: القيم ذات الوضع Q (المحجوبة) لا تؤخذ
values-outside = { $name }: { $name2 }: القيم خارج النطاق المقبول ({ $range }) لا تؤخذ
figure-or-more = { $figure } أو أكثر
more-than-people = { $name }: { $name2 }: أكثر من 100 لكل 100 شخص، فهي تعدّ أشياء لا أشخاصًا
values-outside-bounds = { $name }: { $name2 }: قيم خارج حدودها الخاصة
group-kept = { $name }: { $name2 } مجموعة بلدان: أُبقيت ولا تدخل في إحصاءات البلدان
part-kept = { $name }: { $name2 } جزء من بلد: أُبقي ولا يدخل في إحصاءات البلدان
former-kept = { $name }: { $name2 } منطقة لم تعد قائمة: أُبقيت ولا تدخل في إحصاءات البلدان
stand-twice = المشاهدات الواردة مرتين بالقيمة نفسها تُحسب مرة واحدة؛ أولها: { $what }
identity-of-share = { $name1 }، { $name2 }، { $name3 }، الجنس { $name4 }، العمر { $name5 }، نسبة
identity-of = { $name1 }، { $name2 }، { $name3 }، الجنس { $name4 }، العمر { $name5 }، { $name6 }
none-above-one = { $name }: { $name2 }: لا تتجاوز أي من النسب المئوية ({ $number }) الواحد؛ يُتحقق مما إذا كانت كسورًا
rows-below-one = صف واحد أسفل الجدول لم يُقرأ
rows-below = 
    { FORM($number) ->
         [two] صفان أسفل الجدول لم يُقرآ
         [few] { $number } صفوف أسفل الجدول لم تُقرأ
         [many] { $number } صفًا أسفل الجدول لم تُقرأ
        *[other] { $number } صف أسفل الجدول لم تُقرأ
     }
blank-rows-one = تُجاوز صف فارغ واحد بين الصفوف
blank-rows = 
    { FORM($number) ->
         [two] تُجاوز صفان فارغان بين الصفوف
         [few] تُجاوزت { $number } صفوف فارغة بين الصفوف
         [many] تُجاوز { $number } صفًا فارغًا بين الصفوف
        *[other] تُجاوز { $number } صف فارغ بين الصفوف
     }
unnamed-one = لا اسم للعمود { $figure }: خلية واحدة منه لم تُقرأ
unnamed-cells = 
    لا اسم للعمود { $figure }: { FORM($number) ->
         [two] خليتان منه لم تُقرآ
         [few] { $number } خلايا منه لم تُقرأ
        *[other] { $number } خلية منه لم تُقرأ
     }
workbook-has = في المصنف محتوى نشط ({ $list })؛ ولم يُتبع أي منه
external-links = روابط خارجية
macros = وحدات ماكرو
data-connections = اتصالات بيانات
controls = عناصر تحكم
embedded-files = ملفات مضمّنة
values-beside-q = قيم إلى جانب الوضع Q (محجوب)، وهي لا تُستخدم
values-beside-none = قيم إلى جانب وضع يفيد بعدم وجود قيمة

## Diagnostics of files of survey rows
grouped-by-quantiles = جُمّع { $name1 } حسب الشرائح الكمية المرجَّحة لـ { $name2 } (عددها { $number })، وحدودها العليا { $figure }
same-weight = لكل صف الوزن { $figure } مع أن الوصفة تسمي وزنًا؛ فهل هو العمود الصحيح؟
unused-row = صف واحد من الملف المرجعي { $name } لم يستخدمه أي صف (وعدد صفوفه { $figure })
unused-rows = 
    { FORM($number) ->
         [two] صفان من الملف المرجعي { $name } لم يستخدمهما أي صف
         [few] { $number } صفوف من الملف المرجعي { $name } لم يستخدمها أي صف
         [many] { $number } صفًا من الملف المرجعي { $name } لم يستخدمها أي صف
        *[other] { $number } صف من الملف المرجعي { $name } لم يستخدمها أي صف
     } (وعدد صفوفه { $figure })
own-missing-code = قُرئ رمز القيمة الناقصة { $name } الخاص بالملف على أنه: { $what }
missing-not-applicable = لا ينطبق
missing-dont-know = لا أعرف
missing-not-stated = بلا إجابة
missing-not-asked = لم يُطرح
column-holds = يحتوي العمود `{ $name1 }` في { $name2 } على { $kind1 } وفي { $name3 } على { $kind2 }؛ وتُحسب القيم بمعناها، ولذلك تتساوى 1 و1.0 و01
column-holds-ids = يحتوي العمود `{ $name1 }` في { $name2 } على { $kind1 } وفي { $name3 } على { $kind2 }؛ ومعرّفات الطبقات ووحدات المعاينة تُؤخذ في النصوص كما كُتبت، ولذلك فإن 1 و1.0 و01 ثلاثة معرّفات مختلفة
kind-text = نص
kind-decimals = أعداد عشرية ({ $name })
kind-whole = أعداد صحيحة ({ $name })
rows-left-out = استُبعدت صفوف: { $why }
rows-no-match = صفوف لا مقابل لها في { $name1 }؛ أول مفتاح: { $name2 }
blank-line-skipped = تُجاوز سطر فارغ واحد بين الصفوف
blank-lines-skipped = 
    { FORM($number) ->
         [two] تُجاوز سطران فارغان بين الصفوف
         [few] تُجاوزت { $number } أسطر فارغة بين الصفوف
         [many] تُجاوز { $number } سطرًا فارغًا بين الصفوف
        *[other] تُجاوز { $number } سطر فارغ بين الصفوف
     }
not-in-group-one = صف واحد لا ينتمي إلى أي فئة من «{ $concept }» ({ $why }): فهو في المجاميع فقط.
not-in-group-one-code = صف واحد لا ينتمي إلى أي فئة من `{ $name }` ({ $why }): فهو في المجاميع فقط.
not-in-group = { $number } من الصفوف لا تنتمي إلى أي فئة من «{ $concept }» ({ $why }): فهي في المجاميع فقط.
not-in-group-code = { $number } من الصفوف لا تنتمي إلى أي فئة من `{ $name }` ({ $why }): فهي في المجاميع فقط.
not-in-group-some = بعض الصفوف لا تنتمي إلى أي فئة من «{ $concept }» ({ $why }): فهي في المجاميع فقط.
not-in-group-some-code = بعض الصفوف لا تنتمي إلى أي فئة من `{ $name }` ({ $why }): فهي في المجاميع فقط.
not-applicable-or-asked = لا ينطبق أو لم يُطرح
cells-changed-many = عُدّلت { $name } بعد إعداد الخلايا؛ والأرقام أرقام الخلايا. أعِد إعدادها للحصول على أرقام الملفات.

## Comparisons, disclosure and methods that only some studies have
complement-computed = القيمة الأدنى أفضل: تُحسب الفجوة والتكافؤ على المتمم (100 ناقص المعدل).
sign-reversed = القيمة الأدنى أفضل: الفجوة هي النساء ناقص الرجال، فما فوق الصفر يعني تأخر النساء.
women-rate-zero = معدل النساء صفر: لا فترة للنسبة على المقياس اللوغاريتمي.
no-df-left = لا تبقى درجات حرية، فلا فترة.
contrast-has-none = لم يُقدَّر الرقمان معًا، أو ليس لأحدهما خطأ معياري، فليس لمقارنتهما خطأ معياري.
one-third-rule = ما لا يقل عن ثلثي السكان من كل جنس، وللمجاميع ألا يتجاوز غياب البلدان الثلث (قاعدة الثلث)
value-zero = إحدى القيم 0، ولا معدل للنمو من 0 أو إليه
signs-differ = لقيمتين إشارتان مختلفتان، ولا معدل نمو بينهما
not-above-zero = قيمة { $figure } ليست فوق 0
no-value-there = لا توجد قيمة
top-not-told = لم يُذكر أعلى المقياس
target-before-base = سنة الغاية { $figure1 } ليست بعد سنة الأساس { $figure2 }
target-passed-last = مضت سنة الغاية { $figure1 }؛ وآخر قيمة لسنة { $figure2 }
target-year-passed = مضت سنة الغاية
data-end-in = تنتهي البيانات في { $figure1 } ويُحسب التقدم من { $figure2 }
curve-not-fitted = تعذرت ملاءمة المنحنى
result-not-finite = النتيجة ليست عددًا منتهيًا
goal-passed = الغاية: { $figure1 } بحلول { $figure2 } ({ $who })، وهي سنة مضت؛ سنة الأساس { $figure3 }
few-df-review = درجات حرية قليلة: ينبغي أن يراجعه إحصائي قبل نشره.
extreme-share-review = نسبة 0 أو 100 في المائة: ينبغي أن يراجعها إحصائي قبل نشرها.
complement-unreliable = نسبة من ليست لهم الخاصية ليست موثوقة بما يكفي لنشرها.
disclosure-unaudited = جداول هذا المؤشر أكبر من أن يُعرف ما يمكن استنتاجه منها، ولذلك حُجب كل شيء عدا الرقم الإجمالي؛ اطلب توزيعات أقل في المرة الواحدة.
two-figures-one-cell = حُسب رقمان مختلفان لهذه الخلية؛ ويُعرض الأول.
persons-in-base = أقل من { $number } من الأشخاص في قاعدته، ممن لهم الخاصية أو ليست لهم
persons-in-base-zeros = أقل من { $number } من الأشخاص، أو لا أحد، في قاعدته، ممن لهم الخاصية أو ليست لهم
rse-above = خطأ معياري نسبي يتجاوز { $figure } في المائة
interval-too-wide = 
    نسبة يبلغ عرض فترتها بطريقة كورن–غراوبارد (95‎%‎) { $figure1 } نقطة على الأقل، أو يزيد على { $figure2 } نقطة وعلى { $figure3 } مثل النسبة، أو تستند إلى أقل من { FORM($number) ->
          [one] حالة فعالة واحدة
          [two] حالتين فعالتين
          [few] { $number } حالات فعالة
         *[other] { $number } حالة فعالة
     }
few-respondents-hold = مبلغ قد يعود معظمه إلى قلة من المستجيبين
verdict-to = الحكم وفق المجموعة «{ $set }» (حتى { $figure }) مطبَّقًا على { $of } قبل التقريب
verdict-no-limits = الحكم وفق المجموعة «{ $set }» مطبَّقًا على { $of } قبل التقريب
run-from-to-unit = من { $figure1 } إلى { $figure2 } { $unit }
run-to-unit = حتى { $figure } { $unit }
population-words = { $figure1 } امرأة و{ $figure2 } رجل ({ $name })
calibrated-to = { $how } إلى مجاميع معروفة لـ { $name1 } ({ $name2 })
calibrated-size = { $how } إلى الحجم المعروف للسكان ({ $name })
calibrated-size-and = { $how } إلى الحجم المعروف للسكان ومجاميع معروفة لـ { $name1 } ({ $name2 })
post-stratified = معدَّلة بالتقسيم الطبقي اللاحق
raked = معدَّلة بالموازنة التكرارية
calibrated-linearly = معايَرة خطيًا
calibrated-bounded = معايَرة خطيًا ضمن حدود
calibrated-raking = معايَرة ضربيًا
calibrated-logit = معايَرة ضمن حدود على مقياس اللوجيت
by-cases = { $survey }: { $name2 } حسب الحالات: { $cases }
case-gives-no-answer = { $name } → بلا إجابة
case-gives-dont-know = { $name } → لا أعرف
case-gives-refused = { $name } → رفض الإجابة
case-gives-not-applicable = { $name } → لا ينطبق
case-gives-not-asked = { $name } → لم يُطرح
case-gives-code = { $name1 } → { $name2 }
from-column-file = { $name1 } من العمود { $name2 } من الملف { $name3 }: { $codes }
from-column-file-label = { $name1 } من العمود { $name2 } من الملف { $name3 } حسب التسمية: { $codes }
from-column-file-plain = { $name1 } من العمود { $name2 } من الملف { $name3 }
from-column-file-times = { $name1 } من العمود { $name2 } من الملف { $name3 } مضروبًا في { $figure }
is-draft = { $id } مؤشر أولي: { $why }
not-settled-yet = تعريفه لم يستقر بعد
pool-nothing = ليس للتجميع { $name } أي رقم: لا تشترك مسوحه في شيء مما طُلب.
change-nothing = ليس للتغير من { $name1 } إلى { $name2 } أي رقم: لا يشترك مسحاه في شيء مما طُلب.
contrast-nothing = ليس للمقارنة { $name } أي رقم: لا تشترك مسوحها في شيء مما طُلب.
pool-no-breakdown = ليس للتجميع { $name1 } توزيع حسب { $name2 }: فليس لـ { $name3 } هذا التوزيع.
replicate-leaves-contrast = يترك وزن تكرار واحد فئةً مقارَنة بلا صفوف؛ ويستند الخطأ المعياري إلى الأوزان الأخرى.
replicates-leave-contrast = يترك { $number } من أوزان التكرار فئةً مقارَنة بلا صفوف؛ ويستند الخطأ المعياري إلى الأوزان الأخرى.
weights-normalised = مجموع أوزان { $name } هو عدد المقابلات: فهي تُحسب في التجميع بالمقابلات لا بالسكان.
study-uses = لا تستخدم الدراسة إلا ما كان فيه `{ $name1 }` = { $name2 }
amount-interval = { $figure1 } { $unit } ({ $figure2 })
amount = { $figure } { $unit }
any-share-makes = أي نسبة من السكان تعطي رقمًا للمجموعة
group-needs = يلزم للمجموعة { $share }
hours = ساعة
rank-item = { $area }: المرتبة { $figure }
rank-item-interval = { $area }: المرتبة { $figure } ({ $lower } إلى { $upper })
slope-range = الميل { $figure } نقطة في السنة: { $words }
change-range = التغير { $figure } نقطة: { $words }
composition-word = التركيب
among-some-urban-rural = { $number } من أصل { $figure } من المناطق الحضرية والريفية
among-reliable-urban-rural = { $number } من أصل { $figure } من المناطق الحضرية والريفية ذات الأرقام الموثوقة

## What a survey cannot give
from-published = يأتي من أرقام منشورة لا من صفوف مسح
describes-other = يصف: { $what }، أما صفوف { $name } فهي: { $rows }
neither-persons = لا أشخاص ولا أسر
defined-for-other = هو معرّف لمسوح { $name1 }، و{ $name2 } مسح آخر
no-numerator-yet = ليس في تعريفه بسط بعد
no-column-for = ليس في { $name1 } عمود لـ `{ $name2 }`
never-gives-base = لا يعطي { $name1 } `{ $name2 }` أبدًا رمزًا تطلبه القاعدة
never-gives-numerator = لا يعطي { $name1 } `{ $name2 }` أبدًا رمزًا يطلبه البسط
no-quantile-of-two = لا يمكن إعداد مئين للنساء والرجال من ملفين مرجَّحين كل على حدة
no-total-of-two = لا يمكن إعداد مجموع للنساء والرجال من ملفين مرجَّحين كل على حدة
survey-counts-missing-as-no = يشمل المسح الأعمار من 15 إلى 49 ويَعدّ غياب الإجابة نفيًا؛ انظر `{ $id }`
survey-own-missing-rule = يشمل المسح الأعمار من 15 إلى 49 وله قاعدته الخاصة للإجابات الناقصة؛ انظر `{ $id }`
series-code-unchecked = لم يُراجع رمز السلسلة `{ $name }` وقاعدتها على دليل رموز 2024

## Analyses that lack a part, or have no result
replicate-leaves-analysis = يترك وزن تكرار واحد إحدى فئات هذا التحليل بلا صفوف؛ وتستند أخطاؤه المعيارية إلى الأوزان الأخرى
replicates-leave-analysis = يترك { $number } من أوزان التكرار إحدى فئات هذا التحليل بلا صفوف؛ وتستند أخطاؤه المعيارية إلى الأوزان الأخرى
weighted-separately = رُجّحت النساء والرجال كل على حدة في ملفين، وهذا يخلط أوزانهم؛ أبقِ جنسًا واحدًا بـ `among` أو قارن بينهما بـ `by`
no-case-no-gap = لا حالة لـ «{ $group }»، فلا فجوة
imputations-combined = جُمعت عمليات الاحتساب ({ $number }) بقواعد روبين (Rubin 1987)، ودرجات الحرية وفق Barnard وRubin (1999)
imputations = عمليات الاحتساب: { $number }
either-or = { $first } أو { $rest }
product-of = { $first } × { $rest }
variance-method = تباين العدد في السكان، n/(n − 1) · Σw(y − ȳ)²/Σw ‏(svyvar في R؛ Särndal وSwensson وWretman 1992، §5.9)، بمربع وحدته
no-group-answer = ليس لأي فئة حالة بإجابة صالحة
no-case-answer = لا حالة بإجابة صالحة
fewer-case-no-value = لا قيمة لفئة بلا حالات
fewer-cases-no-value = 
    لا قيمة لفئة لها أقل من { FORM($number) ->
         [two] حالتين
         [few] { $number } حالات
        *[other] { $number } حالة
     }
single-unit-no-se = لا خطأ معياري لفئة في وحدة معاينة واحدة، ولا تُكتب عندئذ مصفوفة التغايرات
every-replicate-no-se = كل تكرار يترك إحدى الفئات بلا صفوف، فلا شيء يبين الخطأ المعياري
replicate-weights-word = أوزان التكرار
survey-cannot-give = لا يستطيع المسح إعطاء { $id }: { $why }
survey-has-no = ليس في المسح { $name }
no-case-all-variables = ليس لأي حالة إجابة عن جميع المتغيرات
iterations-end = تنتهي التكرارات كما في R عند epsilon { $name }
reference-no-case = لا حالة للفئة المرجعية «{ $code }» من { $name }؛ اختر غيرها بـ `reference`
term-no-code = ليس للحد { $name } رمز له حالة، والفئة تحتاج إلى رمزين؛ احذفه
term-one-code = ليس للحد { $name1 } سوى الرمز { $name2 } له حالة، والفئة تحتاج إلى رمزين؛ احذفه
no-case-no-coefficient = لا حالة في { $codes } ({ $what }): لا معامل له
no-case-in-standard = ليس لـ «{ $group }» حالة في «{ $stratum }» من السكان المعياريين، فلا معدل موحد لها
no-group-every-standard = ليس لأي فئة حالة في كل فئات السكان المعياريين
as-it-is = كما هو
as-they-are = كما هي
standard-source = السكان المعياريون: { $name }؛ وتُعتبر نسبهم حسب { $what } معروفة دون خطأ
wald-adjusted = اختبار والد للاستقلال معدَّلًا لقلة درجات الحرية (Thomas وRao 1987)
no-case-test-without = لا حالة في: { $codes }؛ والاختبار من دونها
has-not-both = ليس لـ { $name1 } في المسح كل من { $name2 } و{ $name3 }
no-case-in-group = لا حالة في الفئة «{ $group }»
has-no-value = { $what }: لا قيمة، إذ ليس لأي صف في مجاله وزن فوق 0، أو مقامه 0
the-mean = المتوسط
mean-of-first = متوسط الفئة الأولى
mean-of-second = متوسط الفئة الثانية
the-regression = الانحدار
the-table = الجدول
the-quantile = المئين
the-rate-of-women = معدل النساء
the-rate-of-men = معدل الرجال
rate-of-standard = معدل الفئة { $name } من السكان المعياريين
variance-of-few = تباين أقل من صفين
t-test-no-df = لا يترك التصميم درجة حرية للاختبار؛ ويلزم أن تزيد وحدات المعاينة الأولية على الطبقات باثنتين
t-test-no-se = الخطأ المعياري 0 فلا قيمة لـ t: المتغير ثابت في فئاته، أو تثبّته المعايرة، أو لا تباين للتصميم
t-test-word = اختبار t
regression-word = انحدار
logistic-regression-word = انحدار لوجستي
linear-regression-word = انحدار خطي
independence-test-word = اختبار الاستقلال
wald-test-word = اختبار والد للاستقلال
column-zero = العمود { $name } يساوي 0 في كل صفوف المجال؛ احذف هذا المتغير أو المستوى
column-combination = العمود { $name } تركيب من الأعمدة السابقة له في صفوف المجال؛ احذفه
column-near-combination = العمود { $name } يكاد يكون تركيبًا من الأعمدة الأخرى؛ احذفه
coefficient-endless = يكبر معامل { $name } بلا حد: تفصل الأعمدة بين النتائج فصلًا تامًا في بعض الصفوف؛ احذف العمود أو ادمج مستوياته
table-needs-two = صفوف الجدول وأعمدته ذات الوزن: { $figure1 } و{ $figure2 }؛ ويحتاج الاختبار إلى اثنين من كل منهما
cells-empty-test = خلايا فارغة في الجدول أكثر مما يسمح به الاختبار؛ ادمج بعض مستوياته
shares-no-variance = لا تباين لنسب الجدول في هذا التصميم
too-few-psus = وحدات المعاينة الأولية أقل من أن تميز خلايا الجدول؛ استخدم اختبار راو–سكوت
table-no-df = لا يترك التصميم درجة حرية لهذا الجدول؛ ادمج بعض مستوياته
coefficients-no-df = لا تُبقي المعاملات ({ $number }) شيئًا من درجات حرية التصميم ({ $figure })؛ استخدم أعمدة أقل
product-needs = يحتاج حاصل الضرب { $name1 } إلى { $name2 } في النموذج أيضًا؛ أضفه
