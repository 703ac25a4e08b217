
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
made-with = أُعدّ ببرنامج inclusion { $name }
methods-hash = الطرائق { $name }
cover = الغلاف
notes = الملاحظات
definitions-methods-notes = التعاريف والطرائق والملاحظات
lower-end = { $title }، الحد الأدنى
upper-end = { $title }، الحد الأعلى
no-finding = تعذر استخلاص أي نتيجة.
between = { $lower } إلى { $upper }
percent = { $figure }٪
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
womens-excess-without = زيادة النساء المحرومات
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
head-of-those-without = { $what } بين المحرومين ({ $unit })
head-of-those-without-plain = { $what } بين المحرومين
head-unit = { $what } ({ $unit })
head-percent-unit = { $what } (٪)
more-men-than-women-persons = زيادة الرجال على النساء (أشخاص)
women-missing-for-parity-persons = النساء اللازمات لبلوغ التكافؤ (أشخاص)
in-persons = (أشخاص)
persons-in = أشخاص ({ $unit })
nonresponse-of = عدم الاستجابة، { $group } (٪)
item-nonresponse-percent = عدم الاستجابة للسؤال (٪)
interval-head = فترة { $figure }
interval-head-of = فترة { $figure }، { $group }
standard-error = الخطأ المعياري
coefficient-of-variation = معامل الاختلاف (٪)
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
se-r-small = se/r
r-minus = R−2SE
r-plus = R+2SE
r-minus-small = r−2se
r-plus-small = r+2se
weighted-n = ن المرجحة
cv = CV (٪)
wn = WN
rse = RSE (٪)

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
    أقل من { $number ->
         [one] حالة غير مرجحة واحدة
         [two] حالتين غير مرجحتين
         [few] { $number } حالات غير مرجحة
        *[other] { $number } حالة غير مرجحة
     }
cases-between = 
    من { $lower } إلى { $number ->
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
profile-likelihood = الأرجحية الجانبية
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
note-complement = القيمة الأدنى أفضل هنا: الفجوة والتكافؤ يخصان نسبة النساء والرجال غير المعنيين.
note-gap-rounding = تُحسب الفجوات قبل التقريب.
note-parity = التكافؤ: النساء على الرجال؛ ودون الواحد تكون النساء متأخرات.
note-adjusted = التكافؤ المعدل: فوق الواحد، اثنان ناقص نسبة الرجال إلى النساء.
note-cases = الحالات هي الإجابات غير المرجحة في القاعدة.
note-population = الأرقام التي تحتاج إلى عدد السكان تعدّه معروفًا دون خطأ.
note-bold = الخط العريض: يختلف عن تساوي النساء والرجال بأكثر من فترته.
note-clustering = الأخطاء المعيارية والفترات لا تبين إلا أثر عدم تساوي الأوزان؛ ولا يدخل فيها أثر التجمع العنقودي
point-verdict = الحكم هو حكم التقدير النقطي؛ وتشمل فترة النسبة أيضًا قيمًا لها حكم آخر
approximated = تقريبي: { $proxy }
approximated-plain = تقريبي
survey-covers = يشمل المسح: { $base }
population-known = عدد السكان معدود معروفًا دون خطأ: { $population }
nature-codes = الطبيعة برموز قاعدة بيانات أهداف التنمية المستدامة للأمم المتحدة: C بيانات البلد، _X غير متاح
definition-draft = التعريف مسودة: { $why }
definition-draft-plain = التعريف مسودة
verdict-set = الحكم وفق المجموعة «{ $name }» ({ $figure }، بما في ذلك الحدان)، مطبقة على { $of } قبل التقريب
verdict-set-distance = الحكم وفق المجموعة «{ $name }» (فئات حسب بعد النسبة عن الواحد)، مطبقة على { $of } قبل التقريب
verdict-of-parity = التكافؤ
not-in-breakdown = { $number } من الصفوف لا تنتمي إلى أي فئة من «{ $concept }» (لا ينطبق): فهي في المجاميع فقط.
not-in-breakdown-code = { $number } من الصفوف لا تنتمي إلى أي فئة من «{ $name }» (لا ينطبق): فهي في المجاميع فقط.
not-stated-one = صف واحد لا يبين «{ $concept }»: فهو ليس في أي خلية من التوزيع حسبه، وهو في كل مجموع لا يحتاج إليه.
not-stated = { $number } من الصفوف لا تبين «{ $concept }»: فهي ليست في أي خلية من التوزيع حسبه، وهي في كل مجموع لا يحتاج إليه.
not-stated-code = { $number } من الصفوف لا تبين «{ $name }»: فهي ليست في أي خلية من التوزيع حسبه، وهي في كل مجموع لا يحتاج إليه.
not-stated-one-code = صف واحد لا يبين «{ $name }»: فهو ليس في أي خلية من التوزيع حسبه، وهو في كل مجموع لا يحتاج إليه.

## Titles
base-of = { $unit } من { $base }
place-and = { $place } · { $what }
by-breakdown = { $title }، حسب { $breakdown }
breakdowns-and = { $first } و{ $rest }
sources-of = مصادر «{ $title }»
in-scope = في نطاق المسح
areas-and-periods = { $number } من المناطق والفترات
source-line = المصدر: { $names }.
by-of = حسب { $what }
no-chart = لا رسم بياني لـ: { $indicator }: لا أرقام له في أي مصدر.

## Findings
finding-levels = { $figure1 } من النساء و{ $figure2 } من الرجال { $statement }: { $end }
finding-levels-only = { $figure1 } من النساء و{ $figure2 } من الرجال { $statement }
in-place = { $what } ({ $place })
women-behind-by = النساء متأخرات بمقدار { $by }
men-behind-by = الرجال متأخرون بمقدار { $by }
no-supported-difference = لا فرق تؤيده الفترة، { $by }
no-interval-supports = بمعدل قدره { $figure } لا تؤيد أي فترة وجود فرق
points-interval = 
    { $number ->
         [zero] { $number } نقطة
         [one] نقطة واحدة
         [two] نقطتين
         [few] { $number } نقاط
        *[other] { $number } نقطة
     } ({ $figure })
points-only = 
    { $number ->
         [zero] { $number } نقطة
         [one] نقطة واحدة
         [two] نقطتين
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
among-both = كل من: { $groups }
among-both-urban-rural = المناطق الحضرية والريفية معًا
among-all = جميع الفئات ({ $number }): { $groups }
among-some = { $number } من { $figure }: { $groups }
among-reliable = { $number } من { $figure } ذات أرقام موثوقة: { $groups }
among-any = أي من { $number }: { $groups }
among-either = أي من الفئتين: { $groups }
no-difference-among = لا تؤيد الفترات أي فرق بين النساء والرجال في { $among }
gaps-run = { $start }؛ وتتراوح الفجوات { $run }، ولا تبين الفترات أيها الأكبر
largest-in = { $start }؛ وأكبر فجوة في { $label }، { $by }
men-most-in = { $start }؛ وأكبر تأخر للرجال في { $label }، { $by }
largest-of-these-in = { $start }؛ وأكبر هذه الفجوات في { $label }، { $by }
and-men-in-which = { $start }، والرجال في { $number } ({ $place })؛ ولا تبين الفترات أي هذه الفجوات أكبر
and-men-in = { $start }، والرجال في { $number }؛ ولا تبين الفترات أي هذه الفجوات أكبر
and-men-in-largest-women = { $start }، والرجال في { $others }؛ وأكبر هذه الفجوات في { $label }، حيث النساء متأخرات بمقدار { $by }
and-men-in-largest-men = { $start }، والرجال في { $others }؛ وأكبر هذه الفجوات في { $label }، حيث الرجال متأخرون بمقدار { $by }
run-from-to = من { $figure1 } إلى { $figure2 } نقطة
rural-areas = المناطق الريفية
urban-areas = المناطق الحضرية
urban-and-rural-areas = المناطق الحضرية والريفية
age-groups = الفئات العمرية
wealth-quintiles = أخماس الثروة
regions = الأقاليم
groups-by = الفئات حسب { $what }
sentence-colon = { $start }: { $end }

## Charts
figure-of-place = { $title }، { $figure1 } من { $base }، { $place }
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
sexes-latest = النساء والرجال، السنتان الأخيرتان
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
low-reliability-of = { $what } (موثوقية منخفضة)

## Data gaps and sampling errors
data-gaps = ثغرات البيانات
no-data-gap = جميع مؤشرات هذه الدراسة متاحة، ولا توجد فئة فارغة.
empty-cells = الخلايا الفارغة نتيجة في حد ذاتها: ما لا يُقاس لا يُرى تغيره.
unavailable-combinations = { $number } من { $figure } من توليفات المؤشر والمصدر غير متاحة.
one-cell = خلية واحدة
cells = { $number } من الخلايا
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
code-and-name = { $code } { $indicator }

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
pools-changes-contrasts = التجميعات والتغيرات والمقابلات
published-figures = الأرقام المنشورة
version-status = الإصدار { $name }، { $status }؛ الجهة الراعية: { $custodian }
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
variance-replicated = هو تباين الأرقام بالأوزان المكررة
uncertainty-text = فترات الثقة { $figure }؛ النسب: { $method }؛ الفجوات: القيمة ± t × الخطأ المعياري؛ التكافؤ: على المقياس اللوغاريتمي. حدود الفترات تخص كل رقم على حدة
logit = اللوجيت
degrees-of-freedom = درجات الحرية: { $rule }
df-domain = وحدات المعاينة الأولية ناقص الطبقات التي فيها صفوف من المجال؛ وللفجوة، مجالا النساء والرجال معًا
df-full = وحدات المعاينة الأولية ناقص طبقات العينة الكاملة
df-rank = رتبة الأوزان المكررة للعينة الكاملة ناقص 1
df-rank-domain = رتبة الأوزان المكررة لصفوف المجال ناقص 1؛ وللفجوة، مجالا النساء والرجال معًا
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
comparison-lower = القيمة الأدنى أفضل: الفجوة والتكافؤ يخصان نسبة غير المعنيين من كل جنس
text-source = { $text }. المصدر: { $name }
source-only = المصدر: { $name }
target-set = { $what } بحلول { $figure }، حددتها { $who }
target-set-note = { $what } بحلول { $figure }، حددتها { $who }؛ { $note }
target-set-what = { $what } بحلول { $figure }، حددتها { $who }، { $which }
target-set-what-note = { $what } بحلول { $figure }، حددتها { $who }، { $which }؛ { $note }
parity-of-women-and-men = التكافؤ بين النساء والرجال
parity-range = التكافؤ من { $figure1 } إلى { $figure2 } ({ $set })
design-weight = الوزن { $name1 }، الطبقات { $name2 }، وحدات المعاينة الأولية { $name3 }؛ { $method }
taylor = تقريب تايلور الخطي
from-column = { $name1 }: { $name2 } من العمود { $name3 }: { $codes }
code-is = { $name1 } = { $name2 }
blank-is = فارغ = { $what }
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
covered-both = { $figure1 } من { $figure2 }؛ { $figure3 }؛ { $figure4 }
of-figure = { $figure1 } من { $figure2 }
ages = الأعمار
nature-status = الطبيعة؛ الوضع
all-ages = جميع الأعمار
ages-of = الأعمار { $figure }
the-ages = الأعمار { $figure }
ages-not-stated = الأعمار غير مبينة
after-a-break = بعد انقطاع
after-breaks = بعد { $number } من الانقطاعات
reference-period-of = الفترة المرجعية: { $period }.
about-months = 
    نحو { $number ->
         [one] شهر واحد
         [two] شهرين
         [few] { $number } أشهر
        *[other] { $number } شهرًا
     }
last-months = 
    آخر { $number ->
         [one] شهر
         [two] شهرين
         [few] { $number } أشهر
        *[other] { $number } شهرًا
     }
groups-method = المجموعات: يُرجح معدل النساء بالنساء ومعدل الرجال بالرجال من سكان البلد في سنة رقم المجموعة؛ ويدخل البلد بنساء ورجال السنة نفسها، وهي أحدث سنوات النافذة؛ والتكافؤ والفجوة هما لمعدلي المجموعة، لا متوسطان لما في البلدان.
countries-method = البلدان: كما نُشرت، دون أخطاء معيارية ما لم يوردها المصدر؛ وإذا كان للمصدر عدة نطاقات عمرية لبلد وسنة أُخذ أوسعها الذي يضم كلا الجنسين.
nothing-imputed = لا يوضع شيء مكان بلد ليس له رقم؛ ودون التغطية التي تشترطها القاعدة لا يكون للمجموعة رقم.
edition = الطبعة
sources-published = مصادر الأرقام المنشورة
status-break = انقطاع في السلسلة
status-definition = تعريف مختلف
status-estimated = مقدَّر
status-forecast = إسقاط
status-imputed = محتسب
status-provisional = مؤقت
status-revised = منقح
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
interval-as-published = الفترة كما نُشرت.
population-of-unknown = { $what }، عدد سكان { $number } منها غير معروف
world-finding = { $area }: { $figure1 } من النساء و{ $figure2 } من الرجال { $statement } ({ $years }؛ { $coverage })
coverage-with = { $figure1 } من { $number } من البلدان، تضم { $shares }
shares-of = { $figure1 } من النساء و{ $figure2 } من الرجال
shares-unknown = نسبة غير معروفة من النساء والرجال
no-world-figure = لا رقم عالميًا لـ: { $indicator }: أرقام حسب الجنس لـ { $figure } من { $number } من البلدان تشمل { $shares }
no-group-figure = لا رقم لـ: { $group } ({ $indicator }): أرقام حسب الجنس لـ { $figure } من { $number } من البلدان تشمل { $shares }
reported-below = { $indicator }: المعدل المبلغ عنه للنساء أدنى من معدل الرجال في { $figure } من { $number } من البلدان
reported-below-widest = { $indicator }: المعدل المبلغ عنه للنساء أدنى من معدل الرجال في { $figure } من { $number } من البلدان؛ وأوسع فجوة في { $area }، { $by }
gaps-without-intervals = ترد هذه الفجوات دون فترات، فقد تكون الصغيرة منها وليدة الصدفة.
alt-map = خريطة الفجوة حسب البلد. { $title }. الأوسع، بالنقاط: { $list }. البلدان التي ليس لها أرقام للنساء والرجال مظللة بخطوط.
map-item = { $area } { $figure }
newest-up-to = الرجال ناقص النساء، نقاط؛ أحدث الأرقام حتى { $figure }، { $base }
over-time = { $indicator }، النساء والرجال عبر الزمن
over-time-subtitle = { $unit } من { $base }؛ البلدان الـ { $number } ذات أكثر السنوات حسب الجنس{ $end }
alt-lines = خطوط النساء والرجال حسب السنة. { $lines }. الغاية: { $figure1 } بحلول { $figure2 }
alt-lines-plain = خطوط النساء والرجال حسب السنة. { $lines }
alt-line = { $area }: الفجوة { $number } نقطة في { $figure1 }، { $figure2 } في { $figure3 }
no-world-chart = لا { $chart } لـ: { $indicator }: { $why }.
chart = رسم بياني
map = خريطة
no-gap-country = ليس لأي بلد فجوة
no-three-years = ليس لأي بلد أرقام للنساء والرجال لثلاث سنوات
no-two-years = ليس لأي بلد فجوة في سنتين قابلتين للمقارنة
no-group = ليس لأي مجموعة بلدان رقم
counted-apart-title = كم من النساء يعشن حيث تُحصى النساء والرجال كل على حدة
counted-apart-subtitle = نسبة النساء في بلدان لها أرقام حديثة حسب الجنس
alt-heat-map = خريطة حرارية للمجموعات حسب المؤشر. العالم: { $list }
percent-of-women = في المائة من النساء
percent-of-countries = ٪ من البلدان
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
list-2019-back = لا يُعرف لبعض الأعضاء أو كلهم منذ متى هم كذلك؛ وتُطبق قائمة { $names } على ما قبلها.
list-newest = الأعضاء هم أعضاء قائمة { $names }، وهي الأحدث هنا.
figures-before-rest = أرقام { $figure1 } من { $number } من البلدان تعود إلى ما قبل { $figure2 } وتخص { $period }، وأرقام البلدان الأخرى تخص { $period2 }.
figures-before = أرقام { $figure1 } من { $number } من البلدان تعود إلى ما قبل { $figure2 } وتخص { $period }.
window-note = كل بلد بأحدث أرقامه في السنوات الـ { $number } حتى تلك السنة؛ ويلزم للمجموعة { $share }.
window-note-any = كل بلد بأحدث أرقامه في السنوات الـ { $number } حتى تلك السنة؛ وأي نسبة من السكان تعطي رقمًا للمجموعة.
half-of-either = ما لا يقل عن نصف سكان كل من الجنسين
weights-ages = تُرجح البلدان بالنساء والرجال من { $ages }. ويبينها { $figure } من { $number } من البلدان؛ ولا يبين { $figure2 } منها أي أعمار.
weights-none = تُرجح البلدان بالنساء والرجال من { $ages }: لا يبين أي من { $number } من البلدان أعمار رقمه.
age-ranges-differ = تختلف النطاقات العمرية بين البلدان؛ وتدخل الأرقام كما نُشرت.
areas-without-population = المناطق التي لا عدد لسكانها حسب الجنس والعمر، ومعظمها دون 90,000 شخص، ليست في أي رقم؛ ونسب التغطية تخص السكان المعروفين.
groups-no-se = ليس للأرقام المنشورة أخطاء معيارية، فليس لأرقام المجموعات أخطاء معيارية.
groups-se = للمجموعة خطأ معياري إذا كان لجميع بلدانها خطأ معياري.
members-note = أعضاء المجموعة هم أعضاء سنة رقمها، والسنة المالية لمجموعات الدخل؛ وحيثما كانوا من قائمة سنة أخرى تذكر ذلك ملاحظة في الصف. ولا تُحسب المناطق التي لا يقيم فيها أحد إقامة دائمة.
rate-of-all-note = معدل الجميع في المجموعة هو معدل نسائها ورجالها معًا مرجحًا بأعدادهم: من البلدان والسنوات نفسها. ولا يكون معدل البلدان التي تبلغ عن معدل للجميع إلا حيث لا رقم للنساء والرجال. ويضم العمود الأخير البلدان ونسب النساء والرجال التي تشملها.
where-no-ages = حيث لا يبين المصدر الأعمار، فالأشخاص من { $ages }، كما في مجموعات البلدان.
not-together = لم يُقدَّر النساء والرجال معًا، فليس للمقارنة خطأ معياري.
zero-or-hundred = أحد المعدلين 0 أو 100 في المائة، فالخطأ المعياري للمقارنة صغير جدًا.
published-source-line = المصدر: { $names }؛ مجموعات البلدان: تجميع خاص.
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
closes-later = تُسد لاحقًا
does-not-close = لا تُسد
remaining = المتبقي { $figure }
remaining-points = المتبقي { $number } نقطة
required-per-year = المطلوب سنويًا { $figure }
required-per-year-points = المطلوب سنويًا { $number } نقطة
growth-of = النمو { $figure }
required-growth = النمو المطلوب { $figure }
growth-end-points = النمو بنقطتي الطرف { $figure }
growth-all-points = النمو بجميع النقاط { $figure }
current-status = الوضع الراهن { $figure }
anticipated-gap-percent = الفجوة المتوقعة، في المائة { $figure }
change-points = التغير { $number } نقطة
change-points-words = التغير { $number } نقطة: { $words }
slope-points = الميل { $number } نقطة في السنة: { $words }
growth-words = النمو { $figure }: { $words }
logit-slope-words = ميل اللوجيت { $figure }: { $words }
rate-words = المعدل { $figure }: { $words }
ratio-of = النسبة { $figure }
level-of = المستوى { $figure }
gap-of = الفجوة { $figure }
gap-points = الفجوة { $number } نقطة
years-behind = سنوات التأخر { $figure }
year-of-reaching = سنة بلوغ الغاية { $figure }
women-per-year = النساء سنويًا { $number } نقطة
men-per-year = الرجال سنويًا { $number } نقطة
required-of-women = المطلوب من النساء سنويًا { $number } نقطة
deviation-of-base = انحراف سنة الأساس { $figure }
deviation-of-last = انحراف السنة الأخيرة { $figure }
closed-in = تُسد في { $figure } (F)
gap-in-year = فجوة { $figure }: { $number } نقطة (F)
year-value = { $figure }: { $value } (F)
year-value-interval = { $figure }: { $value } (F)، الفترة من { $figure1 } إلى { $figure2 }
above-hundred = فوق 100٪
below-zero = دون 0٪
through-a-break = عبر انقطاع
projection = إسقاط
told-apart = يمكن تمييزه من عدم التغير
not-told-apart = لا يمكن تمييزه من عدم التغير
uncertainty-unknown = عدم اليقين غير معروف
not-told = غير مذكور
base-or-before = تنتهي البيانات في { $figure } أو قبلها، ويُحسب التقدم منها
figures-not-comparable = الأرقام غير قابلة للمقارنة
zero-figure = أحد الأرقام 0٪ أو 100٪، والاتجاه المنحني يحتاج إلى أرقام بينهما
zero-figure-year = رقم { $figure1 } هو { $figure2 }، والاتجاه المنحني يحتاج إلى أرقام بين 0٪ و100٪
last-level-before = تُجووز آخر مستوى للنساء قبل بدء السلاسل
men-not-come = لم يبلغ الرجال آخر مستوى للنساء
beyond-horizon = لا يتجاوز أي إسقاط { $number } من السنوات بعد آخر رقم
fewer-than-figures = أقل من { $number } من الأرقام
window-too-short = أرقام النافذة تشمل أقل من { $number } من السنوات
only-one-figure = رقم واحد فقط يقع في آخر { $number } من السنوات
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
five-bands = خمسة نطاقات، آخر { $number } من السنوات
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
years-and-over = { $number } سنة فأكثر
fair-progress-acceleration = تقدم مقبول، يلزم التسريع
no-target-set = لم تحدد غاية
wider-age-range = { $name }: { $number } من أرقام { $name2 } لبلدان وفترات لها نطاق عمري أوسع، وهو المستخدم.
no-common-ages = { $name }: { $name2 }: لا نطاق عمريًا مشتركًا بين جميع البلدان ({ $number })؛ وحسب عدد البلدان { $name3 }
totals-not-between = { $name }: { $name2 }: مجاميع لا تعطيها النساء والرجال، أولها { $name3 }: { $figure1 } مع { $figure2 } للنساء و{ $figure3 } للرجال
no-rule-has-result = { $number } من سلاسل بلد وجنس لها رقمان أو أكثر، وليس لأي قاعدة نتيجة لأي منها ({ $why }).
lower = الأدنى
upper = الأعلى
notes-of-the-tables = ملاحظات الجداول
current-status-word = الوضع الراهن
