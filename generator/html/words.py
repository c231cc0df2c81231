"""Words of headings: between two of them a line may end.

The list is written by hand, of what notices on inspections say again and again. It needs no completeness: where a word
is not on it, the heading just has fewer places at which a line may end.
"""

from __future__ import annotations

from itertools import groupby, pairwise
from operator import itemgetter

_WORDS = """\
学习 贯彻 落实 执行 推进 推动 加强 强化 提高 提升 健全 完善 建立 制定 修订 规范 压实 夯实 巩固 深化 细化 优化 统筹
协调 组织 领导 部署 安排 谋划 研究 研判 分析 调研 指导 督促 督导 督查 督办 监督 检查 监管 管理 管控 管护 审核 审批
审查 审计 核查 核实 核对 清理 清查 排查 整治 整改 整顿 纠正 处理 处置 处罚 追究 问责 问题 责任 主体 职责 职能 职工
职务 职称 职业 履行 履职 担当 作为 作用 作风 工作 工程 工资 工地 巡察 巡视 反馈 意见 建议 情况 进展 进度 成效 效果
效率 效能 效益 成果 结果 质量 水平 能力 力度 深度 广度 高度 温度 进程 过程 程序 流程 环节 机制 体制 制度 体系 规定
规划 规章 规则 规矩 纪律 纪检 纪委 法律 法规 法治 依法 依规 违规 违纪 违法 违反 政策 决策 决定 决议 会议 议事 议题
民主 集中 党组 党委 党员 党建 党支部 党组织 党总支 党内 党风 廉政 廉洁 从严 治党 全面 从政 政治 思想 意识 形态
意识形态 理论 理念 认识 站位 立场 方向 信念 忠诚 教育 培训 宣传 宣讲 引导 舆论 舆情 新闻 媒体 融合 传播 网络 信息 数据
数字 平台 系统 技术 科技 创新 改革 发展 建设 经济 社会 民生 群众 百姓 居民 村民 患者 学生 教师 家长 读者 游客 用户
企业 公司 集团 单位 部门 机关 科室 股室 支部 班子 成员 干部 队伍 人员 人才 人事 编制 岗位 选拔 任用 提拔 交流 轮岗
考核 考察 考勤 评价 评估 评审 激励 约束 奖惩 奖励 绩效 薪酬 津贴 补贴 补助 资金 资产 资源 资料 资本 财务 财政 财产
预算 决算 支出 收入 收费 收支 收益 费用 经费 成本 报销 发票 票据 凭证 账目 账户 台账 账款 往来 采购 招标 投标 招投标
合同 协议 项目 工期 施工 验收 结算 支付 拨付 使用 利用 安全 生产 消防 设施 设备 隐患 风险 防控 防范 化解 应急 预案
演练 值班 值守 食堂 食品 药品 耗材 医疗 医院 医德 医风 卫生 健康 病历 诊疗 服务 窗口 办事 办理 办公 办法 便民 利民
惠民 投诉 举报 信访 诉求 回应 回复 答复 公开 公示 公布 公务 公车 公款 公益 公共 接待 用车 用房 津补贴 借调 兼职 取酬
持证 上岗 培养 储备 年轻 老化 断层 结构 比例 数量 质效 供水 供热 供电 管网 道路 交通 公交 线路 车辆 站点 调度 运营
运行 运维 维护 维修 保养 保障 保护 环境 环保 生态 污染 治理 垃圾 绿化 园林 公园 景区 旅游 文化 文艺 文明 图书 古籍
档案 保密 文件 文稿 材料 公文 印章 会风 文风 住房 公租房 配租 物业 小区 社区 街道 乡镇 农村 农业 农民 乡村 振兴 扶贫
脱贫 帮扶 衔接 就业 社保 养老 救助 低保 残疾 儿童 妇女 基层 基础 一线 薄弱 短板 弱项 漏洞 缺口 缺失 缺位 缺乏 欠缺
不足 不够 不到位 不深入 不扎实 不规范 不严格 不严 不力 不实 不细 不全 不高 不强 不大 不多 不清 不明 不当 不畅 不紧
不精 不准 不好 不及时 不完善 不健全 不彻底 不明显 不充分 不平衡 不主动 不积极 不精准 不合理 不具体 不经常 不落实
不重视 到位 深入 扎实 有力 有效 有序 有限 有待 有所 仍有 存在 差距 偏差 偏松 偏低 偏软 滞后 缓慢 滑坡 下滑 下降 上升
上级 下级 弱化 淡化 虚化 泛化 形式 形式主义 官僚主义 享乐 奢靡 之风 主义 走过场 流于 停留 表面 简单 机械 照搬 照抄
敷衍 应付 推诿 扯皮 拖沓 拖延 宽松软 失之于宽 失察 失责 失管 失效 失修 长效 长期 长远 日常 经常 常态 常态化 动态 定期
及时 按时 限时 期限 时限 时间 今后 下步 下一步 今年 去年 年度 季度 每月 每年 打算 计划 方案 措施 清单 目标 任务 要求
标准 指标 重点 重要 重大 重视 重复 关键 核心 主要 首要 必要 充分 明确 明显 严格 严肃 严重 严峻 突出 精准 精细 精细化
科学 合理 公平 公正 统一 一体化 一盘棋 整体 总体 全局 大局 大力 合力 动力 活力 潜力 压力 能动 主动 积极 自觉 自我 自身
革命 斗争 精神 讲话 论述 指示 批示 总书记 习近平 中央 省委 市委 县委 区委 政府 市政府 县政府 区政府 省政府 镇政府 人大
政协 国有 国企 民营 市场 营商 营收 经营 业务 业绩 产业 产品 产能 产权 招商 引资 投资 融资 债务 债权 贷款 亏损 盈利
利润 税收 土地 房屋 房产 出租 租赁 租金 闲置 盘活 流失 浪费 节约 厉行 铺张 超标 超期 超额 超范围 未经 未按 擅自 随意
违章 违建 虚假 虚报 套取 截留 挪用 侵占 私设 小金库 滥发 乱收费 公私 借款 欠款 拖欠 清欠 清退 追缴 上缴 整合 整理 归档
归集 登记 造册 备案 留痕 痕迹 记录 记载 统计 报告 报表 上报 通报 请示 汇报 述职 述廉 谈话 谈心 提醒 约谈 函询 诫勉
警示 警示教育 案例 典型 引领 示范 带动 带头 模范 表率 先锋 堡垒 战斗 凝聚 团结 联系 联动 联合 配合 协作 协同 合作 共享
共建 对接 对照 对标 对待 针对 面对 应对 围绕 结合 根据 按照 依据 通过 根本 原因 教训 举措 抓手 着力 发力 用力 合规
内控 内部 外部 内容 内涵 外包 第三方 社会化 专业 专业化 专项 专题 专职 专门 专家 中心 重心 核心价值 价值 观念 导向
氛围 环境卫生 三重一大 一岗双责 两个维护 四个意识 八项规定 中心组 三会一课 主题 党日 组织生活 生活会 生活 民主集中制
集体 个人 个别 各级 各类 部分 少数 多数 全体 全员 全覆盖 全过程 全链条 覆盖 覆盖面 延伸 末梢 最后 公里 打通 堵点 痛点
难点 热点 焦点 亮点 特色 品牌 活动 开展 举办 召开 参加 参与 出席 缺席 请假 考试 考评 测评 满意 满意度 知晓 知晓率
参与率 完成 完成率 使用率 到账 到期 逾期 方面 关于 发挥 把关 老旧 改造 完整 缺少 有限公司 委员会 不便 方便 松散 分配
故障 防止 防护 听取 听证 广告 预约 差错 较弱 较大 较多 较少 较慢 较差 策划 发布 布局 城市 城乡 没有 欠账 流动 拥挤
相互 互相 规章制度 领导班子 干部队伍 人才队伍 总支部 实验 中学 小学 学校 校园 幼儿 排队 周期 书写 跟踪 控制 监测 检测
检验 论证 单一 来源 入库 出库 库存 仓库 固定资产 后勤 紧缺 中层 消防通道 通道 占用 危险 存放 信息系统 备份 设置
发展党员 身份 抓紧 剩余 剩下 备用 交接 开放 需要 需求 新书 解决 空置 持续 继续 告知 接受 稿件 报道 不符 清收 改善 过长
疲劳 驾驶 驾驶员 方式 方法 方针 模式 格式 样式 程度 态势 趋势 优势 劣势 形势 局面 范围 范畴 领域 区域 地区 地方 地点
地段 场所 场地 现有 原有 所有 拥有 享有 具有 没能 未能 不能 能够 可以 应当 必须 需对 仅有 只有 还有 还未 尚未 从未
未及时 未建立 未形成 未落实 未严格 形成 构成 组成 变成 造成 达成 养成 生成 成立 成熟 进行 进一步 进入 进出 引进 改进
促进 跟进 推行 通行 遵守 遵循 坚持 坚决 坚定 维持 支持 保持 把握 掌握 了解 理解 清楚 清晰 模糊 混乱 杂乱 无序 无人
无法 无效 人为 人均 人数 人民 人民群众 老百姓 老人 老年人 职工群众 代表 干事 党委会 常委会 办公室 财政局 卫生健康 住建
水务 城管 公安 检察 法院 税务 民政 司法局 教育局 文旅 广电 融媒体 融媒体中心 图书馆 博物馆 供水集团 汽车 集贸 农贸
农贸市场 市场主体 商户 摊位 摊贩 占道 停车 停车场 充电 电梯 楼道 屋顶 漏水 排水 污水 雨水 河道 河长 湖泊 水库 水质
水源 饮水 用水 用电 用地 用途 征地 拆迁 拆除 搬迁 安置 分房 危房 旧改 加装 供应 供给 食材 原料 配送 采买 陪餐 伙食
课后 校服 教辅 教材 教研 教学 师德 师风 学风 班级 招生 入学 升学 食宿 宿舍 门诊 住院 处方 用药 查房 手术 护理 感染
院感 医保 医师 医生 护士 药师 挂号 就医 就诊 候诊 缴费 退费 历史 遗留 久拖 未决 积压 积案 疑难 复杂 困难 突破 攻坚
克难 见效 见底 回头看 举一反三 标本兼治 建章立制 销号 闭环 台阶 反弹 回潮 松劲 懈怠 畏难 情绪 心态 态度 观望 等靠要
依赖 主观 客观 能动性 积极性 主动性 针对性 实效性 时效性 有效性 系统性 规范性 严肃性 计划性 前瞻性 完整性 真实性
准确性 安全性 可操作性 操作 实操 实践 实际 实施 实行 实效 实事 实名 现场 现象 现状 事项 事故 事件 事业 事务 事前 事中
事后 行政 行业 行为 行动 执法 司法 普法 守法 用法 用权 用人 选人 权力 权限 权责 权益 利益 输送 亲属 近亲 回避 吃拿卡要
优亲厚友 吃喝 送礼 礼品 礼金 红包 回扣 围标 串标 分包 转包 肢解 拆分 变更 调整 调动 调查 调解 走访 慰问 座谈
"""
_KNOWN = frozenset(_WORDS.split())
# Lengths of the words that end with a character, short ones first.
_LENGTHS = {
    last: sorted({len(word) for word in words if len(word) > 1})
    for last, words in groupby(sorted(_KNOWN, key=itemgetter(-1)), key=itemgetter(-1))
}
# Single characters that lean on the word after them, or on the word before.
_LEANS_ON = frozenset(
    "对在从向由被把不未没仍还已将和与及或为以较更很太最各每该其某本全新老再又也都就并而且因若如按据经"
)
_LEANS_BACK = frozenset(
    "的地得了着过等们者性化率度力量类型式法员部局委组室科股办站队所院校区县市镇乡村上下中内外里前后时期间"
)
_LEANING = _LEANS_ON | _LEANS_BACK


def joints(text: str) -> frozenset[int]:
    """Return the positions in a text of Chinese characters at which a line may end without parting a word."""
    pieces = _pieces(text)
    found, at = set(), 0
    for piece, following in pairwise(pieces):
        at += len(piece)
        if _ends_well(piece) and _begins_well(following):
            found.add(at)
    return frozenset(found)


def _ends_well(piece: str) -> bool:
    return len(piece) > 1 or piece in _LEANS_BACK


def _begins_well(piece: str) -> bool:
    return len(piece) > 1 or piece in _LEANS_ON


def _pieces(text: str) -> list[str]:
    """Cut a text into known words, single characters that lean on others, and what lies between them unknown."""
    pieces: list[str] = []
    for known, group in groupby(_words(text), key=lambda word: len(word) > 1 or word in _LEANING):
        run = list(group)
        pieces += run if known else ["".join(run)]
    return pieces


def _words(text: str) -> list[str]:
    """Cut a text so that long words of the list cover as much of it as they can; the rest is single characters."""
    best: list[tuple[int, int]] = [(0, 0)]
    for end in range(1, len(text) + 1):
        # By the characters that are covered, squared for each word, and then by the last word's beginning.
        choices = [(best[end - 1][0], end - 1)]
        choices += [
            (best[end - size][0] + size * size, end - size)
            for size in _LENGTHS.get(text[end - 1], ())
            if size <= end and text[end - size : end] in _KNOWN
        ]
        best.append(max(choices))
    words, end = [], len(text)
    while end:
        start = best[end][1]
        words.append(text[start:end])
        end = start
    return words[::-1]
